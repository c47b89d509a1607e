import { begin, gives, rejects } from './gives.ts'
import type { SessionStore } from './types.ts'

/** A learner's store that is asked one thing after another. What it gives is compared, and told with the question. */
export class Asked {
  readonly store: SessionStore
  readonly #clock: () => number

  constructor(store: SessionStore, clock: () => number) {
    this.store = store
    this.#clock = clock
  }

  /** Starts a session of Ada's, and gives its id. */
  start(lifetimeSeconds = 60, now = this.#clock()): Promise<string> {
    return begin(this.store, now, lifetimeSeconds)
  }

  /** The ids of so many, which start at the same moment. */
  startMany(count: number): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, () => this.start()))
  }

  isLive(id: string, when: string, expected: boolean, now = this.#clock()): Promise<void> {
    return gives(`isLive, ${when}`, () => this.store.isLive(id, now), expected)
  }

  end(id: string, when: string, expected: boolean, now = this.#clock()): Promise<void> {
    return gives(`end, ${when}`, () => this.store.end(id, now), expected)
  }

  sweep(now: number, when: string, expected: number): Promise<void> {
    return gives(`sweep(${now})${when}`, () => this.store.sweep(now), expected)
  }

  /** It cannot say, and has to throw. */
  rejects(method: 'start' | 'isLive' | 'end', when: string, id = ''): Promise<void> {
    const now = this.#clock()
    const ask = {
      start: () => this.store.start('ada', 60, now),
      isLive: () => this.store.isLive(id, now),
      end: () => this.store.end(id, now),
    }
    return rejects(`${method}, ${when}`, ask[method])
  }

  /** The same of all three, at the same moment. */
  async rejectsAll(id: string, when: string): Promise<void> {
    const all = (['isLive', 'end', 'start'] as const).map((method) =>
      this.rejects(method, when, id),
    )
    await Promise.all(all)
  }

  /** How many of these are let in. */
  async countLive(ids: readonly string[]): Promise<number> {
    const answers = await Promise.all(ids.map((id) => this.store.isLive(id, this.#clock())))
    return answers.filter(Boolean).length
  }

  /** How many of some sign-outs at the same moment are told that they have ended this session. */
  async countEndings(id: string, signOuts: number): Promise<number> {
    const ending = Array.from({ length: signOuts }, () => this.store.end(id, this.#clock()))
    return (await Promise.all(ending)).filter(Boolean).length
  }
}
