// A grant is one sign-in: what a refresh token stands for, and all access tokens that came of it. Its record names the
// tokens by their ids, and never holds one.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import type { User } from './user.ts'

const Grant = v.object({
  /** `sid` in all its tokens. */
  id: v.string(),
  nsId: v.string(),
  /** The user's id: `sub` in its tokens. */
  subject: v.string(),
  /** The epoch of the user in which it began. */
  epoch: v.string(),
  /** Becomes false when it is revoked, or a stolen refresh token was noticed. */
  valid: v.boolean(),
  endsAt: v.number(),
  /** How long each of its refresh tokens is good, at most. */
  refreshSeconds: v.number(),
  /** The id of the one refresh token that is good, and since when. */
  current: v.string(),
  rotatedAt: v.number(),
  previous: v.optional(v.string()),
})

/** What the server knows of one sign-in. Times are in seconds since 1970. */
export type Grant = v.InferOutput<typeof Grant>

/** What a refresh token stands for: somebody, and a sign-in of theirs. */
export interface Holder {
  readonly user: User
  readonly grant: Grant
}

/** The grants of all namespaces, each under its namespace and its user. */
export class Grants {
  readonly #records: Records<Grant>

  constructor(store: RecordStore) {
    const isAt = ({ nsId, subject, id }: Grant, key: { owner: string; id: string }) =>
      ownerOf(nsId, subject) === key.owner && id === key.id
    this.#records = new Records(store, 'grant', Grant, isAt)
  }

  async start(user: User, seconds: number, now: number): Promise<Grant> {
    const { nsId, id: subject, epoch } = user
    const ids = { id: randomUUID(), current: randomUUID() }
    const times = { endsAt: now + seconds, refreshSeconds: seconds, rotatedAt: now }
    const grant: Grant = { ...ids, ...times, nsId, subject, epoch, valid: true }
    const owner = ownerOf(nsId, subject)
    if (!(await this.#records.insert(owner, grant.id, grant, grant.endsAt)))
      throw new Error('Cannot start the session: its random id is taken')
    return grant
  }

  async find(nsId: string, subject: string, id: string): Promise<Grant | undefined> {
    return await this.#records.find(ownerOf(nsId, subject), id)
  }

  /** Changes a grant in one durable write, and gives back how it stands; `undefined` when there is none, or nothing to change. */
  async change(
    nsId: string,
    subject: string,
    id: string,
    change: (grant: Grant) => Grant | undefined,
  ): Promise<Grant | undefined> {
    return await this.#records.update(ownerOf(nsId, subject), id, change, { durable: true })
  }
}

/** An `nsId` has no dot, so no two namespaces share an owner, whatever their users are called. */
const ownerOf = (nsId: string, subject: string) => `${nsId}.${subject}`

export function isLive(grant: Grant, user: User, now: number): boolean {
  return grant.valid && now < grant.endsAt && user.enabled && grant.epoch === user.epoch
}
