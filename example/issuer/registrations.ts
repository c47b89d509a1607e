import { absentIfDamaged } from '../store/errors.ts'
import type { RecordStore } from '../store/types.ts'
import { hashOf, randomToken } from './client-token.ts'

/** Tokens for one registration each, which an administrator gives to whoever runs an application. */
export class Registrations {
  readonly #store: RecordStore

  constructor(store: RecordStore) {
    this.#store = store
  }

  /** A new one, good until `expiresAt`, in seconds since 1970. */
  async make(expiresAt: number): Promise<string> {
    const token = randomToken()
    await this.#store.insert(keyOf(token), String(expiresAt), expiresAt)
    return token
  }

  /** Uses it up; `false` when it is not good. The write is safe first: a token that a crash brings back is used twice. */
  async use(token: string, now: number): Promise<boolean> {
    const key = keyOf(token)
    const isGood = now < Number(await this.#store.get(key).catch(absentIfDamaged))
    return isGood && (await this.#store.remove(key, { durable: true }))
  }
}

const keyOf = (token: string) => ({ kind: 'registration', owner: 'all', id: hashOf(token) })
