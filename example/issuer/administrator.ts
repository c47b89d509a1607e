// Who runs the server, or one namespace on it. An administrator signs in for three hours; one who is removed is
// signed out, also where somebody of the same name comes after: that is what the epoch is for.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { absentIfDamaged } from '../store/errors.ts'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import { hashOf, randomToken } from './client-token.ts'
import { idOf, userName } from './user.ts'

const Administrator = v.object({
  /** The name in small letters: the key of the record. */
  id: v.string(),
  name: v.string(),
  hash: v.string(),
  epoch: v.string(),
  /** The one namespace that they may change; the whole server where there is none. */
  nsId: v.optional(v.string()),
  createdAt: v.number(),
})

export type Administrator = v.InferOutput<typeof Administrator>

const Session = v.object({ administrator: v.string(), epoch: v.string(), endsAt: v.number() })

const sessionSeconds = 3 * 3600

/** The administrators and their sessions. */
export class Administrators {
  readonly #records: Records<Administrator>
  readonly #sessions: Records<v.InferOutput<typeof Session>>

  constructor(store: RecordStore) {
    this.#records = new Records(store, 'administrator', Administrator, (a, key) => a.id === key.id)
    this.#sessions = new Records(
      store,
      'administrator-session',
      Session,
      (session, key) => session.administrator === key.owner,
    )
  }

  /** The new one, or `undefined` when the name is taken. */
  async create(
    { name, hash, nsId }: Pick<Administrator, 'name' | 'hash' | 'nsId'>,
    now: number,
  ): Promise<Administrator | undefined> {
    const id = idOf(name)
    const fresh = { id, epoch: randomUUID(), createdAt: now }
    const administrator = { ...fresh, name, hash, ...(nsId !== undefined && { nsId }) }
    const isFree = await this.#records.insert('all', id, administrator, undefined, durable)
    return isFree ? administrator : undefined
  }

  /** `undefined` for what is no name, too. */
  async find(name: string): Promise<Administrator | undefined> {
    return userName.test(name) ? await this.#records.find('all', idOf(name)) : undefined
  }

  async *all(): AsyncIterable<Administrator> {
    for await (const { record } of this.#records.list('all')) if (record !== undefined) yield record
  }

  /** `false` when there was none. Sessions of one who is gone are refused. */
  async remove(id: string): Promise<boolean> {
    return await this.#records.remove('all', id, durable)
  }

  /** A session: the token with which it goes on. The store has its hash alone. */
  async signIn({ id, epoch }: Administrator, now: number) {
    const secret = randomToken()
    const endsAt = now + sessionSeconds
    await this.#sessions.insert(id, hashOf(secret), { administrator: id, epoch, endsAt }, endsAt)
    return { token: `${id}.${secret}`, seconds: sessionSeconds }
  }

  /** Whose session this is, as long as it lasts. Where a record of the two is damaged it is nobody's. */
  async bySession(token: string, now: number): Promise<Administrator | undefined> {
    const [id, secret] = halves(token)
    if (!userName.test(id)) return undefined
    const [administrator, session] = await Promise.all([
      this.#records.find('all', id).catch(absentIfDamaged),
      this.#sessions.find(id, hashOf(secret)).catch(absentIfDamaged),
    ])
    const isLive = session !== undefined && now < session.endsAt
    return isLive && administrator?.epoch === session.epoch ? administrator : undefined
  }

  async signOut(token: string): Promise<void> {
    const [id, secret] = halves(token)
    await this.#sessions.remove(id, hashOf(secret), durable)
  }
}

const durable = { durable: true }

/** A name may have dots, and what is drawn by chance has none. */
function halves(token: string): [id: string, secret: string] {
  const dot = token.lastIndexOf('.')
  return [token.slice(0, Math.max(dot, 0)), token.slice(dot + 1)]
}
