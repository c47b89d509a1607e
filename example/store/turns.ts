/** Work on one key waits for its turn, so that nobody writes between a look and the write that follows it. */
export class Turns {
  #last = new Map<string, Promise<unknown>>()

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const turn = before === undefined ? work() : before.then(work, work)
    this.#last.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key)
      // Another Map, for each old table of a Map refers to the next, and so what has left it stays in memory for a while.
      if (this.#last.size === 0) this.#last = new Map()
    }
  }
}
