import { LRUCache } from 'lru-cache'
import * as v from 'valibot'
import { absentIfDamaged, RecordDamaged } from './errors.ts'
import type { ListOptions, RecordKey, RecordStore, WriteOptions } from './types.ts'

/** How bytes that are no UTF-8 are read. What we write has none, so they are known as damage, and never compared. */
export const noText = '\ufffd'

const write = (record: object) => JSON.stringify(record).replaceAll(noText, '\\ufffd')

const removedAtOnce = 50

/**
 * The records of one kind in a store, of which each is a text: a value goes in, and one of the same shape comes out.
 * Where something else is found it is RecordDamaged.
 */
export class Records<T extends object> {
  readonly #store: RecordStore
  readonly #kind: string
  readonly #isAt: (record: T, key: RecordKey) => boolean
  /** What a text says never changes: each is read once, while the store is asked for the text every time. */
  readonly #known: LRUCache<string, T>

  /** `isAt` says that a record is the one of this key: what came to stand in the place of another is not believed. */
  constructor(
    store: RecordStore,
    kind: string,
    schema: v.GenericSchema<unknown, T>,
    isAt: (record: T, key: RecordKey) => boolean,
    rememberedCharacters = 4_000_000, // ten thousand sessions
  ) {
    this.#store = store
    this.#kind = kind
    this.#isAt = isAt
    this.#known = new LRUCache({
      maxSize: rememberedCharacters,
      sizeCalculation: (_record, text) => text.length,
      memoMethod(text) {
        if (text.includes(noText)) throw new RecordDamaged()
        const record = v.parse(schema, JSON.parse(text))
        Object.freeze(record) // the next one to ask gets the same object
        return record
      },
    })
  }

  async find(owner: string, id: string): Promise<T | undefined> {
    const key = this.#keyOf(owner, id)
    const text = await this.#store.get(key)
    return text === undefined ? undefined : this.#parse(key, text)
  }

  /** `false` when the key is taken. */
  async insert(owner: string, id: string, record: T, expiresAt?: number, options?: WriteOptions) {
    return await this.#store.insert(this.#keyOf(owner, id), write(record), expiresAt, options)
  }

  /**
   * Writes what `change` makes of the record, and gives it back; `undefined` when there is none, or when `change` wants
   * none. Whoever was slower than another looks again.
   */
  async update(
    owner: string,
    id: string,
    change: (record: T) => T | undefined,
    options?: WriteOptions,
  ): Promise<T | undefined> {
    const key = this.#keyOf(owner, id)
    for (;;) {
      const text = await this.#store.get(key)
      const changed = text === undefined ? undefined : change(this.#parse(key, text))
      if (text === undefined || changed === undefined) return undefined
      if (await this.#store.replace(key, text, write(changed), options)) return changed
    }
  }

  /** `false` when there was nothing to remove. */
  async remove(owner: string, id: string, options?: WriteOptions): Promise<boolean> {
    return await this.#store.remove(this.#keyOf(owner, id), options)
  }

  /** All of one owner, in the order of their ids; without a record where it is damaged. */
  async *list(owner: string, options?: ListOptions) {
    for await (const { id, value } of this.#store.list(this.#kind, owner, options)) {
      yield { id, record: this.#read(this.#keyOf(owner, id), value) }
    }
  }

  /**
   * All of one owner, the newest first; `sinceOf` says of a record how new it is. A damaged one is the last, and where the
   * store cannot read it, it hides those behind it until it is swept.
   */
  async newestFirst(owner: string, sinceOf: (record: T) => number) {
    const all: Array<{ id: string; record: T | undefined; since: number }> = []
    try {
      for await (const { id, record } of this.list(owner))
        all.push({ id, record, since: record === undefined ? 0 : sinceOf(record) })
    } catch (error) {
      absentIfDamaged(error) // it keeps nobody out
    }
    return all.sort((one, other) => other.since - one.since)
  }

  /** Keeps this record of an owner and the newest of the others, `most` in all, and removes the rest: what is not there is refused. */
  async keepNewest(
    owner: string,
    { id: newest, most }: { id: string; most: number },
    sinceOf: (record: T) => number,
  ): Promise<void> {
    const all = await this.newestFirst(owner, sinceOf)
    const removed = all.filter(({ id }) => id !== newest).slice(most - 1)
    // Those at once are on disk in one write. All at once would take every place where writes wait for replicas.
    for (let first = 0; first < removed.length; first += removedAtOnce) {
      const some = removed.slice(first, first + removedAtOnce)
      await Promise.all(some.map(({ id }) => this.remove(owner, id, { durable: true })))
    }
  }

  #keyOf(owner: string, id: string): RecordKey {
    return { kind: this.#kind, owner, id }
  }

  #parse(key: RecordKey, text: string): T {
    const record = this.#read(key, text)
    if (record === undefined) throw new RecordDamaged()
    return record
  }

  #read(key: RecordKey, text: string): T | undefined {
    try {
      const record = this.#known.memo(text)
      return this.#isAt(record, key) ? record : undefined
    } catch {
      return undefined
    }
  }
}
