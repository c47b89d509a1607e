interface Stoppable {
  stop(): Promise<void>
}

/** What a measurement has started, so that all of it is stopped, the last first, however it ends. */
export class Running {
  readonly #started: Stoppable[] = []

  add<T extends Stoppable>(started: T): T {
    this.#started.push(started)
    return started
  }

  async stop(): Promise<void> {
    for (const started of this.#started.splice(0).reverse()) await started.stop()
  }
}
