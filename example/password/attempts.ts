import { createHash } from 'node:crypto'
import type { RecordStore } from '../store/types.ts'

/** Takes an attempt back: it was no guess. */
export type TakeBack = () => Promise<void>

/**
 * Counts attempts in the store, so that all processes count together. Each takes one of the free numbers of this minute:
 * a number can be inserted once, so that exactly as many pass as there are, whatever races. Nothing is locked: with the
 * next minute there are new numbers.
 */
export class Attempts {
  readonly #store: RecordStore
  readonly #perMinute: number

  constructor(store: RecordStore, perMinute: number) {
    this.#store = store
    this.#perMinute = perMinute
  }

  /** Takes one attempt of this minute; `undefined` when none is left. `now` is in seconds. */
  async take(whose: string, now: number): Promise<TakeBack | undefined> {
    const owner = createHash('sha256').update(whose).digest('hex') // what people type is no key of a store
    const minute = Math.floor(now / 60)
    const taken = await this.#taken(owner, `${minute}-`)
    const most = this.#perMinute
    if (taken >= most) return undefined
    for (let number = taken; number < taken + most; number += 1) {
      const key = { kind: 'attempt', owner, id: `${minute}-${number % most}` }
      if (await this.#store.insert(key, '1', (minute + 1) * 60))
        return async () => void (await this.#store.remove(key))
    }
    return undefined
  }

  async #taken(owner: string, minute: string): Promise<number> {
    let count = 0
    for await (const { id } of this.#store.list('attempt', owner, { after: minute }))
      if (id.startsWith(minute)) count += 1
    return count
  }
}
