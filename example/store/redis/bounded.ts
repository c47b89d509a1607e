import { StoreUnavailable } from '../errors.ts'
import { within } from './deadline.ts'
import { refusalOf } from './errors.ts'

/** Commands that a Redis has not answered, late ones too: one that is slow must not fill our memory. */
const mostUnderWay = 10_000

/** Asks a Redis, and waits for no answer longer than a limit: what it does not say in time, nobody knows. */
export class Bounded {
  readonly #milliseconds: number
  readonly #lastError: () => unknown
  #underWay = 0

  /** `lastError` is what the connection said last, since it was there. */
  constructor(milliseconds: number, lastError: () => unknown = () => undefined) {
    this.#milliseconds = milliseconds
    this.#lastError = lastError
  }

  /** @throws StoreUnavailable or RecordDamaged, whatever goes wrong */
  async ask<T>(doing: string, command: () => Promise<T>): Promise<T> {
    if (this.#underWay >= mostUnderWay) throw new StoreUnavailable(doing, { code: 'timeout' })
    try {
      return await within(this.#milliseconds, this.#counted(command))
    } catch (cause) {
      throw refusalOf(doing, cause, this.#lastError())
    }
  }

  async #counted<T>(command: () => Promise<T>): Promise<T> {
    this.#underWay += 1
    try {
      return await command()
    } finally {
      this.#underWay -= 1
    }
  }
}
