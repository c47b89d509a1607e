import { endOfTurn } from '../end-of-turn.ts'

/** Look-ups of one turn of the event loop travel in one command: a hundred cost little more than one. */
export class Batch {
  readonly #send: (names: string[]) => Promise<Array<string | null>>
  #names: string[] = []
  #values: Promise<Array<string | null>> | undefined

  /** `send` gives the values in the order of the names. */
  constructor(send: (names: string[]) => Promise<Array<string | null>>) {
    this.#send = send
  }

  async get(name: string): Promise<string | null> {
    const index = this.#names.push(name) - 1
    this.#values ??= endOfTurn().then(() => this.#sendAll())
    const values = await this.#values
    return values[index] ?? null
  }

  #sendAll(): Promise<Array<string | null>> {
    const names = this.#names
    this.#names = []
    this.#values = undefined // who comes now travels with the next
    return this.#send(names)
  }
}
