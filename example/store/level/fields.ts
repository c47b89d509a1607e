/** Reads what LevelDB writes into its files: numbers of any size, and texts that stand behind their length. */
export class Fields {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get more(): boolean {
    return this.#at < this.#bytes.length
  }

  /** Seven bits in a byte, the lowest first; the eighth says that more follow. */
  number(): number {
    let value = 0
    for (let unit = 1; ; unit *= 128) {
      const byte = this.#bytes.readUInt8(this.#at)
      this.#at += 1
      value += (byte & 127) * unit
      if (byte < 128) return value
    }
  }

  skipNumber(): void {
    this.number()
  }

  skip(bytes: number): void {
    this.#at += bytes
  }

  skipText(): void {
    this.skip(this.number())
  }
}
