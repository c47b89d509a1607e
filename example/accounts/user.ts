// A user is one record, under the name in small letters, so that a name is taken once. Whatever must end all sessions of a
// user at once (a new password, a lost role, a switched-off account) changes one text in it, the epoch: every
// session remembers the epoch in which it began, and lives only while that is still its user's.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'

export const roles = ['CLIENT', 'ADMIN'] as const
export type Role = (typeof roles)[number]

const User = v.object({
  /** The name in small letters: the key of the record, and `sub` in tokens. */
  id: v.string(),
  /** The name as it was typed. */
  name: v.string(),
  hash: v.string(),
  roles: v.array(v.picklist(roles)),
  enabled: v.boolean(),
  /** A session lives while it has the same. Random, since a name that is given up and taken again must revive no old session. */
  epoch: v.string(),
  createdAt: v.number(),
  /** Whether the link that was sent at sign-up came back. */
  verified: v.boolean(),
  /** Another text whenever somebody relies on this administrator (`administrators.ts`). */
  held: v.optional(v.string()),
})

/** What the server knows of one user. Times are in seconds since 1970. */
export type User = v.InferOutput<typeof User>

/** What a user name looks like: it becomes a part of store keys, of paths and of tokens. */
export const userName = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/

export const nameRule = 'must be 1 to 64 letters, digits or ._@+-, and begin with a letter or digit'

export interface NewUser {
  readonly name: string
  readonly hash: string
  readonly roles?: readonly Role[]
  readonly enabled?: boolean
  readonly verified?: boolean
  readonly createdAt?: number | undefined
}

export const idOf = (name: string): string => name.toLowerCase()

/** The user records. What takes rights away, or was promised to somebody, is safe before it resolves. */
export class Users {
  readonly #records: Records<User>

  constructor(store: RecordStore) {
    const isAt = ({ id }: User, key: { id: string }) => id === key.id
    this.#records = new Records(store, 'user', User, isAt)
  }

  /** The new user, or `undefined` when the name is taken. */
  async create(given: NewUser, now: number): Promise<User | undefined> {
    const { name, hash, roles = ['CLIENT'], enabled = true, verified = false } = given
    const id = idOf(name)
    const fresh = { epoch: randomUUID(), createdAt: given.createdAt ?? now }
    const user: User = { id, name, hash, roles: [...roles], enabled, verified, ...fresh }
    const isFree = await this.#records.insert(everybody, id, user, undefined, durable)
    return isFree ? user : undefined
  }

  find(id: string): Promise<User | undefined> {
    return this.#records.find(everybody, id)
  }

  /** Changes a user in one durable write, and gives back how it stands; `undefined` when there is none, or nothing to change. */
  async change(id: string, change: (user: User) => User | undefined): Promise<User | undefined> {
    return await this.#records.update(everybody, id, change, durable)
  }

  /** `false` when somebody has changed the user since `before` was read. */
  async replace(before: User, after: User): Promise<boolean> {
    const ifSame = (user: User) => (isDeepStrictEqual(user, before) ? after : undefined)
    return (await this.change(before.id, ifSame)) !== undefined
  }

  /** `false` when there was no such user. The sessions of a user who is gone are refused. */
  async remove(id: string): Promise<boolean> {
    return await this.#records.remove(everybody, id, durable)
  }

  /** All users behind this name, in the order of their names; without a record where it is damaged. */
  all(after?: string): AsyncIterable<{ id: string; record: User | undefined }> {
    return this.#records.list(everybody, { after })
  }

  /** At most `most` users behind this name, in the order of their names. */
  async page(after: string | undefined, most: number): Promise<User[]> {
    const users: User[] = []
    for await (const { record } of this.all(after)) {
      if (record !== undefined) users.push(record)
      if (users.length === most) break
    }
    return users
  }
}

const everybody = 'all'
const durable = { durable: true }

/** Ends all sessions of this user with the same write. */
export function inNewEpoch(user: User): User {
  return { ...user, epoch: randomUUID() }
}
