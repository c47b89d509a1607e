import type { KeyObject } from 'node:crypto'
import { absentIfDamaged } from './errors.ts'
import { noText } from './records.ts'
import { seal, unseal } from './seal.ts'
import type { ListOptions, RecordKey, RecordStore, WriteOptions } from './types.ts'

/**
 * A store whose records nobody can read, change or move without the data key. It does not hide the keys of records, how
 * long they are, when they change or when they expire; and an older copy of a record, put back in its place, is good.
 */
export function sealed(store: RecordStore, dataKey: KeyObject): RecordStore {
  return new SealedStore(store, dataKey)
}

class SealedStore implements RecordStore {
  readonly #store: RecordStore
  readonly #dataKey: KeyObject

  constructor(store: RecordStore, dataKey: KeyObject) {
    this.#store = store
    this.#dataKey = dataKey
  }

  async get(key: RecordKey): Promise<string | undefined> {
    const text = await this.#store.get(key)
    return text === undefined ? undefined : unseal(this.#dataKey, key, text)
  }

  async insert(key: RecordKey, value: string, expiresAt?: number, options?: WriteOptions) {
    return await this.#store.insert(key, seal(this.#dataKey, key, value), expiresAt, options)
  }

  /** One text is sealed differently each time, so the store compares what it has with what we have just opened. */
  async replace(key: RecordKey, expected: string, value: string, options?: WriteOptions) {
    const next = seal(this.#dataKey, key, value)
    for (;;) {
      const text = await this.#store.get(key)
      if (text === undefined || unseal(this.#dataKey, key, text) !== expected) return false
      if (await this.#store.replace(key, text, next, options)) return true
    }
  }

  async remove(key: RecordKey, options?: WriteOptions): Promise<boolean> {
    return await this.#store.remove(key, options)
  }

  /** A damaged one is given as a text that no record has, for the others to be listed. */
  async *list(kind: string, owner: string, options?: ListOptions) {
    for await (const { id, value } of this.#store.list(kind, owner, options))
      yield { id, value: this.#unsealOrDamage({ kind, owner, id }, value) }
  }

  async sweep(now: number): Promise<number> {
    return await this.#store.sweep(now)
  }

  async ping(): Promise<void> {
    await this.#store.ping()
  }

  async close(): Promise<void> {
    await this.#store.close()
  }

  #unsealOrDamage(key: RecordKey, text: string): string {
    try {
      return unseal(this.#dataKey, key, text)
    } catch (error) {
      absentIfDamaged(error)
      return noText
    }
  }
}
