// Nobody can take a signature back. So each token has a record under its id (`jti`), and the record decides. The
// records are a list of what is allowed, not of what is forbidden: without its record a token is refused, so
// lost data signs people out and lets nobody in. The cost is one record for each sign-in, until its token expires.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { absentIfDamaged } from '../store/errors.ts'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'

const Session = v.object({
  /** The record's own name: one that came to stand in the place of another is not believed. */
  id: v.string(),
  /** Becomes false at sign-out and stays so until the token would have expired. */
  valid: v.boolean(),
  subject: v.string(),
  createdAt: v.number(),
  expiresAt: v.number(),
  agent: v.string(),
  address: v.optional(v.string()),
})

/** What the server knows of one sign-in. Times are in seconds since 1970. */
export type Session = v.InferOutput<typeof Session>

export interface NewSession {
  readonly subject: string
  readonly lifetimeSeconds: number
  /** What the client calls itself; kept for people to recognize a device by, trusted for nothing. */
  readonly agent: string
  readonly address?: string | undefined
  /** How many sessions the subject may have: the newest stay. 0 is no limit. */
  readonly most?: number
}

const longestAgent = 200

/** The session records. `id` is the token's `jti`; a session is live while its record says so. */
export class Sessions {
  readonly #records: Records<Session>
  readonly #beginning = new Set<string>() // ids, in their order

  constructor(store: RecordStore) {
    const isAt = ({ subject, id }: Session, key: { owner: string; id: string }) =>
      subject === key.owner && id === key.id
    this.#records = new Records(store, 'session', Session, isAt)
  }

  /** Writes a new session and gives back its id: random, never the client's choice. */
  async start(
    { subject, lifetimeSeconds, agent, address, most = 0 }: NewSession,
    now: number,
  ): Promise<string> {
    const id = randomUUID()
    const expiresAt = now + lifetimeSeconds
    const session: Session = {
      id,
      valid: true,
      subject,
      createdAt: now,
      expiresAt,
      agent: agent.slice(0, longestAgent),
      ...(address === undefined ? {} : { address }),
    }
    this.#beginning.add(id)
    try {
      if (!(await this.#records.insert(subject, id, session, expiresAt)))
        throw new Error('Cannot start the session: its random id is taken')
      if (most > 0) await this.#keepNewest(subject, { id, most })
    } finally {
      this.#beginning.delete(id)
    }
    return id
  }

  /**
   * The live session of this subject with this id. Missing, ended or expired: `undefined`.
   * @throws RecordDamaged when the record is not one of ours, or is not what was written
   */
  async find(subject: string, id: string, now: number): Promise<Session | undefined> {
    const session = await this.#records.find(subject, id)
    return session !== undefined && isLive(session, now) ? session : undefined
  }

  /** The record as it stands, and whether it is live. */
  async look(subject: string, id: string, now: number) {
    const record = await this.#records.find(subject, id).catch(absentIfDamaged)
    return record && { record, live: isLive(record, now) }
  }

  /**
   * Ends a live session, and gives it back as it has ended; `undefined` when there was none. Resolves when the record is safe.
   * The record stays, as ended, until its token has expired: it is an allow-list, and what is not
   * in it is refused, but a record that says `false` also tells who looks why.
   * @throws RecordDamaged as `find` does
   */
  async end(subject: string, id: string, now: number): Promise<Session | undefined> {
    const endOf = (session: Session) =>
      isLive(session, now) ? { ...session, valid: false } : undefined
    return await this.#records.update(subject, id, endOf, { durable: true })
  }

  /**
   * Keeps this session and the newest of the others, and ends the rest, those that had ended already first. Every session that
   * begins does so: of any number at once no more than `most` are left.
   */
  async #keepNewest(subject: string, { id, most }: { id: string; most: number }): Promise<void> {
    const sinceOf = ({ valid, createdAt }: Session) => (valid ? createdAt : 0)
    const all = await this.#records.newestFirst(subject, sinceOf)
    const others = all.map((other) => other.id).filter((other) => other !== id)
    const beginning = [...this.#beginning]
    const place = beginning.indexOf(id)
    // Where only one may stay, two that begin at once would end each other: the one that began last stays.
    const overtaken = most === 1 && others.some((other) => beginning.indexOf(other) > place)
    for (const ended of overtaken ? [id] : others.slice(most - 1))
      await this.#records.remove(subject, ended, { durable: true })
  }
}

/** Whether its token counts now. */
export function isLive(session: Session, now: number): boolean {
  return session.valid && now < session.expiresAt
}
