/** Where a record stands: what it is, whose it is, which one. `owner` keeps the records of one user together. */
export interface RecordKey {
  readonly kind: string
  readonly owner: string
  readonly id: string
}

export interface WriteOptions {
  /**
   * Answer only when the record is safe: on disk, or as safe as the settings of a Redis make it.
   * For writes that take rights away, or that promise something forever.
   */
  readonly durable?: boolean
}

export interface ListOptions {
  readonly after?: string | undefined
}

/**
 * Texts that outlive a process. Every engine keeps the same promise, and one contract suite proves it.
 * Compare-and-set is enough for all that must happen once: a session ended, a name taken, a token used.
 * A method rejects with StoreUnavailable when the engine cannot say, and never guesses; with RecordDamaged
 * when the bytes of this one record are not those that were written.
 */
export interface RecordStore {
  /** The record; it may still be there for a while after it has expired. */
  get(key: RecordKey): Promise<string | undefined>
  /** Writes a new record; `false` when the key is taken. `expiresAt` is in seconds since 1970. */
  insert(
    key: RecordKey,
    value: string,
    expiresAt?: number,
    options?: WriteOptions,
  ): Promise<boolean>
  /** Compare-and-set, the expiry stays; `false` when the record is not `expected` any more. */
  replace(key: RecordKey, expected: string, value: string, options?: WriteOptions): Promise<boolean>
  /** `false` when there was nothing to remove. */
  remove(key: RecordKey, options?: WriteOptions): Promise<boolean>
  /** The records of one owner, in the order of their ids; with `after` those behind that id, for the next page. */
  list(
    kind: string,
    owner: string,
    options?: ListOptions,
  ): AsyncIterable<{ id: string; value: string }>
  /** Forgets what has expired by `now` (seconds); says how many records that were. */
  sweep(now: number): Promise<number>
  /** Resolves when the store answers. */
  ping(): Promise<void>
  close(): Promise<void>
}
