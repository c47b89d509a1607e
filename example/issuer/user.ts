// A user of one namespace. Whatever must end all sessions at once changes the epoch: a grant lives only while it has the same.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'

const User = v.object({
  /** The name in small letters: the key of the record, and `sub` in tokens. */
  id: v.string(),
  nsId: v.string(),
  /** The name as it was typed: `usr` in tokens. */
  name: v.string(),
  hash: v.string(),
  enabled: v.boolean(),
  epoch: v.string(),
  groups: v.array(v.string()),
  organisations: v.array(v.string()),
  createdAt: v.number(),
})

/** What the server knows of one user. Times are in seconds since 1970. */
export type User = v.InferOutput<typeof User>

/** What a user name looks like: it becomes a part of store keys and of tokens. */
export const userName = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/

export const userRule = 'must be 1 to 64 letters, digits or ._@+-, and begin with a letter or digit'

export const idOf = (name: string): string => name.toLowerCase()

export type NewUser = Pick<User, 'nsId' | 'name' | 'hash'> &
  Partial<Pick<User, 'groups' | 'organisations'>>

/** The user records of all namespaces, each under the `nsId` of its own. */
export class Users {
  readonly #records: Records<User>

  constructor(store: RecordStore) {
    const isAt = ({ nsId, id }: User, key: { owner: string; id: string }) =>
      nsId === key.owner && id === key.id
    // `user` is the kind of the accounts server, which may keep its records in the same Redis.
    this.#records = new Records(store, 'member', User, isAt)
  }

  /** The new user, or `undefined` when the name is taken. */
  async create(given: NewUser, now: number): Promise<User | undefined> {
    const { groups = [], organisations = [] } = given
    const id = idOf(given.name)
    const fresh = { id, enabled: true, epoch: randomUUID(), createdAt: now }
    const user: User = { ...given, groups, organisations, ...fresh }
    const isFree = await this.#records.insert(user.nsId, id, user, undefined, durable)
    return isFree ? user : undefined
  }

  /** `undefined` for what is no name, too. */
  async find(nsId: string, name: string): Promise<User | undefined> {
    return userName.test(name) ? await this.#records.find(nsId, idOf(name)) : undefined
  }

  /** Changes a user in one durable write, and gives back how it stands; `undefined` when there is none, or nothing to change. */
  async change(nsId: string, id: string, change: (user: User) => User | undefined) {
    return await this.#records.update(nsId, id, change, durable)
  }

  /** `false` when there was no such user. The grants of a user who is gone are refused. */
  async remove(nsId: string, id: string): Promise<boolean> {
    return await this.#records.remove(nsId, id, durable)
  }

  /** All users of a namespace behind this name, in the order of their names; without a record where it is damaged. */
  all(nsId: string, after?: string): AsyncIterable<{ id: string; record: User | undefined }> {
    return this.#records.list(nsId, { after: after && idOf(after) })
  }
}

/** Ends all sessions of this user with the same write. */
export function inNewEpoch(user: User): User {
  return { ...user, epoch: randomUUID() }
}

const durable = { durable: true }
