// An administrator signs in for three hours. One who is removed is signed out, also where somebody of the same name comes
// after: that is what the epoch is for.
import * as v from 'valibot'
import { absentIfDamaged } from '../store/errors.ts'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import type { Administrator, Administrators } from './administrator.ts'
import { hashOf, randomToken } from './client-token.ts'
import { userName } from './user.ts'

const Session = v.object({ administrator: v.string(), epoch: v.string(), endsAt: v.number() })

const sessionSeconds = 3 * 3600

/** The sessions of all administrators. The store has the hashes of their tokens alone. */
export class AdministratorSessions {
  readonly #administrators: Pick<Administrators, 'find'>
  readonly #records: Records<v.InferOutput<typeof Session>>

  constructor(store: RecordStore, administrators: Pick<Administrators, 'find'>) {
    this.#administrators = administrators
    this.#records = new Records(
      store,
      'administrator-session',
      Session,
      (session, key) => session.administrator === key.owner,
    )
  }

  /** A new one: the token with which it goes on. */
  async begin({ id, epoch }: Administrator, now: number) {
    const secret = randomToken()
    const endsAt = now + sessionSeconds
    await this.#records.insert(id, hashOf(secret), { administrator: id, epoch, endsAt }, endsAt)
    return { token: `${id}.${secret}`, seconds: sessionSeconds }
  }

  /** Whose session this is, as long as it lasts. Where a record of the two is damaged it is nobody's. */
  async find(token: string, now: number): Promise<Administrator | undefined> {
    const [id, secret] = halves(token)
    if (!userName.test(id)) return undefined
    const [administrator, session] = await Promise.all([
      this.#administrators.find(id).catch(absentIfDamaged),
      this.#records.find(id, hashOf(secret)).catch(absentIfDamaged),
    ])
    const isLive = session !== undefined && now < session.endsAt
    return isLive && administrator?.epoch === session.epoch ? administrator : undefined
  }

  /** The token is good no more; one that never was may be given, too. A damaged record opens nothing. */
  async end(token: string): Promise<void> {
    const [id, secret] = halves(token)
    if (!userName.test(id)) return
    await this.#records.remove(id, hashOf(secret), { durable: true }).catch(absentIfDamaged)
  }
}

/** A name may have dots, and what is drawn by chance has none. */
function halves(token: string): [id: string, secret: string] {
  const dot = token.lastIndexOf('.')
  return [token.slice(0, Math.max(dot, 0)), token.slice(dot + 1)]
}
