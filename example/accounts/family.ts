// A family is one sign-in on one device: the session, and all refresh tokens that came of it, of which one is current. The
// record names tokens by their ids, and never holds one: the successor of a token that was used is signed again from it.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import type { User } from './user.ts'

/** What came of one use of a refresh token. */
const outcomes = ['rotated', 'same', 'again', 'reuse'] as const

const Use = v.object({
  /** The id of the token that was used. */
  jti: v.string(),
  at: v.number(),
  outcome: v.picklist(outcomes),
  agent: v.string(),
})
export type Use = v.InferOutput<typeof Use>

const Family = v.object({
  /** `sid` in all its tokens. */
  id: v.string(),
  subject: v.string(),
  /** The epoch of the user in which it began. */
  epoch: v.string(),
  /** Becomes false at sign-out, or when a stolen token was noticed. */
  valid: v.boolean(),
  createdAt: v.number(),
  seenAt: v.number(),
  /** No refresh token outlives it, however often it is exchanged. */
  endsAt: v.number(),
  /** What the device is called, for people; trusted for nothing. */
  agent: v.string(),
  address: v.string(),
  /** The id of the one refresh token that is good, and since when. */
  current: v.string(),
  rotatedAt: v.number(),
  previous: v.optional(v.string()),
  /** The last uses of its tokens. */
  trail: v.array(Use),
})

/** What the server knows of one device. Times are in seconds since 1970. */
export type Family = v.InferOutput<typeof Family>

export interface NewFamily {
  readonly user: User
  readonly lifetimeSeconds: number
  readonly agent: string
  readonly address: string
  /** How many devices the user may have: the newest stay. */
  readonly most: number
}

/** The families. Live is one whose record says so, whose time has not come, and whose epoch is its user's. */
export class Families {
  readonly #records: Records<Family>

  constructor(store: RecordStore) {
    const isAt = ({ subject, id }: Family, key: { owner: string; id: string }) =>
      subject === key.owner && id === key.id
    this.#records = new Records(store, 'family', Family, isAt)
  }

  /** Starts one on a new device; where the user has too many, those that have ended are removed, and then the oldest. */
  async start(
    { user, lifetimeSeconds, agent, address, most }: NewFamily,
    now: number,
  ): Promise<Family> {
    const family: Family = {
      id: randomUUID(),
      subject: user.id,
      epoch: user.epoch,
      valid: true,
      createdAt: now,
      seenAt: now,
      endsAt: now + lifetimeSeconds,
      agent,
      address,
      current: randomUUID(),
      rotatedAt: now,
      trail: [],
    }
    if (!(await this.#records.insert(user.id, family.id, family, family.endsAt)))
      throw new Error('Cannot start the session: its random id is taken')
    const sinceOf = (other: Family) => (isLive(other, user, now) ? other.createdAt : 0)
    await this.#records.keepNewest(user.id, { id: family.id, most }, sinceOf)
    return family
  }

  find(subject: string, id: string): Promise<Family | undefined> {
    return this.#records.find(subject, id)
  }

  /** The live families of a user, the newest first. */
  async liveOf(user: User, now: number): Promise<Family[]> {
    const all = await this.allOf(user.id)
    return all.filter((family) => isLive(family, user, now))
  }

  /** Those that have ended, too, as long as their records are there. */
  async allOf(subject: string): Promise<Family[]> {
    const all = await this.#records.newestFirst(subject, ({ createdAt }) => createdAt)
    return all.flatMap(({ record }) => record ?? [])
  }

  /** Changes a family, and gives back how it stands; `undefined` when there is none, or nothing to change. */
  async change(
    subject: string,
    id: string,
    change: (family: Family) => Family | undefined,
    options?: { durable: boolean },
  ): Promise<Family | undefined> {
    return await this.#records.update(subject, id, change, options)
  }

  /** Takes the record away: what is not there is refused. */
  async remove(subject: string, id: string): Promise<void> {
    await this.#records.remove(subject, id, { durable: true })
  }

  /**
   * Ends a family: its refresh tokens and its access tokens, at once. `undefined` when it had ended; that is written once
   * more, since whoever wrote it first may have been told that nobody knows whether it is safe.
   */
  async end(subject: string, id: string): Promise<Family | undefined> {
    let hadEnded = false
    const end = (family: Family) => {
      hadEnded = !family.valid
      return { ...family, valid: false }
    }
    const ended = await this.change(subject, id, end, { durable: true })
    return hadEnded ? undefined : ended
  }
}

/** Whether tokens of this family count now: it has not ended, and its user is switched on and in its epoch. */
export function isLive(family: Family, user: User, now: number): boolean {
  return family.valid && now < family.endsAt && user.enabled && family.epoch === user.epoch
}

/** The same family in another epoch: it outlives a change that ended all others. */
export function into(epoch: string): (family: Family) => Family {
  return (family) => ({ ...family, epoch })
}
