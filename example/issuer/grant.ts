// A grant is one sign-in: what a refresh token stands for, and all access tokens that came of it. Its record names the
// tokens by their ids, and never holds one.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { absentIfDamaged } from '../store/errors.ts'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import { type User, userName } from './user.ts'

const Grant = v.object({
  /** `sid` in all its tokens. */
  id: v.string(),
  nsId: v.string(),
  /** `sub` in its tokens. */
  subject: v.string(),
  /** Whose sign-in it is, and in which epoch it began; absent where the application asked for its tokens by itself. */
  user: v.optional(v.object({ id: v.string(), epoch: v.string() })),
  /** What the application wants its access tokens to say. */
  claims: v.optional(v.record(v.string(), v.unknown())),
  /** Becomes false when it is revoked, or a stolen refresh token was noticed. */
  valid: v.boolean(),
  /** No refresh token outlives it, however often it is exchanged. */
  endsAt: v.number(),
  accessSeconds: v.number(),
  /** How long each of its refresh tokens is good, at most. */
  refreshSeconds: v.number(),
  /** The id of the one refresh token that is good, and since when. */
  current: v.string(),
  rotatedAt: v.number(),
  previous: v.optional(v.string()),
})

/** What the server knows of one sign-in. Times are in seconds since 1970. */
export type Grant = v.InferOutput<typeof Grant>

/** What a refresh token stands for: a sign-in, and whose it is where it is a user's. */
export interface Holder {
  readonly grant: Grant
  readonly user: User | undefined
}

export interface NewGrant {
  readonly nsId: string
  /** Whose it is; an application's own where there is none. */
  readonly user?: User
  readonly subject: string
  readonly claims?: Grant['claims']
  readonly accessSeconds: number
  readonly refreshSeconds: number
  /** Whether its refresh tokens are exchanged, each for another one that lasts as long; or it ends with the first. */
  readonly goesOn: boolean
}

/** Where the record of a grant stands: in its namespace, and under its user where it has one. */
export interface GrantKey {
  readonly nsId: string
  readonly user: string | undefined
  readonly id: string
}

export interface GrantLimits {
  /** A grant lasts so long at most, however often its refresh token is exchanged. */
  readonly longestSeconds: number
  /** How many sign-ins a user of a namespace may have: the newest stay. */
  readonly perUser: number
  /** How many grants an application itself may have, and at most a tenth more in each process. */
  readonly perApplication: number
}

/** The grants of all namespaces. */
export class Grants {
  readonly #records: Records<Grant>
  readonly #limits: GrantLimits
  /** How many each application has begun in this process. */
  readonly #begun = new Map<string, number>()

  constructor(store: RecordStore, limits: GrantLimits) {
    this.#limits = limits
    const isAt = (grant: Grant, key: { owner: string; id: string }) =>
      ownerOf(grant.nsId, grant.user?.id) === key.owner && grant.id === key.id
    this.#records = new Records(store, 'grant', Grant, isAt)
  }

  /** Starts one; where its user or its application has too many, those that have ended are removed, and then the oldest. */
  async start(given: NewGrant, now: number): Promise<Grant> {
    const { nsId, user, subject, claims, accessSeconds, refreshSeconds, goesOn } = given
    const grant: Grant = {
      id: randomUUID(),
      nsId,
      subject,
      ...(user && { user: { id: user.id, epoch: user.epoch } }),
      ...(claims && { claims }),
      valid: true,
      endsAt:
        now + (goesOn ? Math.max(refreshSeconds, this.#limits.longestSeconds) : refreshSeconds),
      accessSeconds,
      refreshSeconds,
      current: randomUUID(),
      rotatedAt: now,
    }
    const owner = ownerOf(nsId, user?.id)
    if (!(await this.#records.insert(owner, grant.id, grant, grant.endsAt)))
      throw new Error('Cannot start the session: its random id is taken')
    await this.#keepNewest(grant, user, now)
    return grant
  }

  /** `undefined` for a user whom no name can be of, too: a subject may be longer. */
  async find({ nsId, user, id }: GrantKey): Promise<Grant | undefined> {
    if (user !== undefined && !userName.test(user)) return undefined
    return await this.#records.find(ownerOf(nsId, user), id)
  }

  /** Changes a grant in one durable write, and gives back how it stands; `undefined` when there is none, or nothing to change. */
  async change(
    { nsId, user, id }: GrantKey,
    change: (grant: Grant) => Grant | undefined,
  ): Promise<Grant | undefined> {
    return await this.#records.update(ownerOf(nsId, user), id, change, { durable: true })
  }

  /**
   * Ends a grant, and all of its tokens with it, at once. One that is damaged opens nothing; one that had ended is written
   * once more, since whoever wrote it first may have been told that nobody knows whether it is safe.
   */
  async end(key: GrantKey): Promise<void> {
    const grant = await this.find(key).catch(absentIfDamaged)
    if (grant) await this.change(key, (now) => ({ ...now, valid: false }))
  }

  /** The oldest is the one whose refresh token is the oldest: a sign-in that is in use stays. */
  async #keepNewest({ id, nsId }: Grant, user: User | undefined, now: number): Promise<void> {
    const { perUser, perApplication } = this.#limits
    if (user === undefined && !this.#mayHaveTooMany(nsId)) return
    const most = user === undefined ? perApplication : perUser
    const sinceOf = (grant: Grant) => (isLive({ grant, user }, now) ? grant.rotatedAt : 0)
    await this.#records.keepNewest(ownerOf(nsId, user?.id), { id, most }, sinceOf)
  }

  /** An application may have thousands, and to count them takes longer than to begin one: it is done at every tenth part. */
  #mayHaveTooMany(nsId: string): boolean {
    const begun = this.#begun.get(nsId) ?? 0
    this.#begun.set(nsId, begun + 1)
    return begun % Math.ceil(this.#limits.perApplication / 10) === 0
  }

  /** The live grants of one user, or of the application itself. */
  async *liveOf(nsId: string, user: User | undefined, now: number): AsyncIterable<Grant> {
    for await (const { record } of this.#records.list(ownerOf(nsId, user?.id)))
      if (record !== undefined && isLive({ grant: record, user }, now)) yield record
  }
}

/** An `nsId` has no dot, so no two namespaces share an owner, whatever their users are called. */
const ownerOf = (nsId: string, user: string | undefined) =>
  user === undefined ? nsId : `${nsId}.${user}`

/** Whether tokens of this grant count now: it has not ended, and its user is switched on and in the epoch in which it began. */
export function isLive({ grant, user }: Holder, now: number): boolean {
  if (!grant.valid || now >= grant.endsAt) return false
  if (grant.user === undefined) return true
  return user?.enabled === true && user.epoch === grant.user.epoch
}
