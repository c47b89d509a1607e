import { endOfTurn } from '../end-of-turn.ts'
import { RecordDamaged, StoreUnavailable } from '../errors.ts'
import { keyText, ownerPrefix } from '../key.ts'
import { Turns } from '../turns.ts'
import type { ListOptions, RecordKey, RecordStore, WriteOptions } from '../types.ts'
import {
  behindAll,
  indexKey,
  type Operation,
  parse,
  putRecord,
  recordKey,
  removal,
  type Stored,
} from './record.ts'
import { LevelWrites } from './writes.ts'

/** What we need of a database: `level` on disk and `memory-level` both have it. */
export interface Database {
  open(): Promise<void>
  getSync(key: string): string | undefined
  batch(): Chain
  iterator(range: { gt: string; lt: string }): AsyncIterable<[key: string, value: string]>
  keys(range: { gt: string; lt: string; limit: number }): { all(): Promise<string[]> }
  close(): Promise<void>
}

interface Chain {
  put(key: string, value: string): unknown
  del(key: string): unknown
  /** All of it is written, or none. `sync` waits until the disk has it; memory has no disk. */
  write(options: { sync: boolean }): Promise<void>
}

const sweepStep = 100

/**
 * Records in LevelDB, on disk or in memory. Each record stands at `r:<key>`; one that expires
 * also has an entry at `x:<time>:<key>`, so that sweeping reads only what has expired.
 */
export class LevelStore implements RecordStore {
  readonly #db: Database
  readonly #turns = new Turns()
  readonly #writes: LevelWrites

  /** Takes an open database and closes it in the end. `reopen` is asked after a write that failed. */
  constructor(db: Database, reopen?: () => Promise<void>) {
    this.#db = db
    this.#writes = new LevelWrites((operations, options) => {
      // Given as an array, each operation would be copied: of two hundred that takes seven times as long.
      const chain = db.batch()
      for (const operation of operations) {
        if (operation.type === 'put') chain.put(operation.key, operation.value)
        else chain.del(operation.key)
      }
      return chain.write(options)
    }, reopen)
  }

  async get(key: RecordKey): Promise<string | undefined> {
    await endOfTurn()
    return this.#read(keyText(key))?.value
  }

  async insert(key: RecordKey, value: string, expiresAt?: number, options?: WriteOptions) {
    const text = keyText(key)
    return await this.#turns.take(text, async () => {
      if (this.#read(text) !== undefined) return false
      const index: Operation[] =
        expiresAt === undefined ? [] : [{ type: 'put', key: indexKey(expiresAt, text), value: '' }]
      await this.#write([putRecord(text, { expiresAt, value }), ...index], options)
      return true
    })
  }

  async replace(key: RecordKey, expected: string, value: string, options?: WriteOptions) {
    const text = keyText(key)
    return await this.#turns.take(text, async () => {
      const stored = this.#read(text)
      if (stored?.value !== expected) return false
      await this.#write([putRecord(text, { ...stored, value })], options)
      return true
    })
  }

  async remove(key: RecordKey, options?: WriteOptions): Promise<boolean> {
    const text = keyText(key)
    return await this.#turns.take(text, async () => {
      const stored = this.#read(text)
      if (stored === undefined) return false
      await this.#write(removal(text, stored), options)
      return true
    })
  }

  async *list(kind: string, owner: string, { after }: ListOptions = {}) {
    const prefix = recordKey(ownerPrefix(kind, owner))
    const gt = after === undefined ? prefix : recordKey(keyText({ kind, owner, id: after }))
    try {
      for await (const [key, text] of this.#db.iterator({ gt, lt: behindAll(prefix) }))
        yield { id: key.slice(prefix.length), value: parse(key, text).value }
    } catch (cause) {
      if (cause instanceof RecordDamaged) throw cause
      throw new StoreUnavailable('list the records', { cause })
    }
  }

  async sweep(now: number): Promise<number> {
    let forgotten = 0
    let last = 'x:'
    for (;;) {
      const expired = await this.#expiredKeys(last, now)
      // Each in its turn, and all that have it at once in one batch.
      const outcomes = await Promise.all(expired.map((entry) => this.#forget(entry, now)))
      forgotten += outcomes.filter(Boolean).length
      if (expired.length < sweepStep) return forgotten
      last = String(expired.at(-1)) // to begin anew would pass over all that has been removed
      await endOfTurn() // other people's requests come first
    }
  }

  /** Reads and writes: a store that can only be read is of no use to a server. */
  async ping(): Promise<void> {
    this.#read('ping')
    await this.#write([{ type: 'put', key: 'ping', value: '' }])
  }

  async close(): Promise<void> {
    await this.#writes.close()
    await this.#db.close()
  }

  /**
   * Reads without leaving this turn of the event loop: the record is nearly always in memory,
   * and waiting for a promise costs more than the look itself.
   */
  #read(text: string): Stored | undefined {
    try {
      const key = recordKey(text)
      const stored = this.#db.getSync(key)
      return stored === undefined ? undefined : parse(key, stored)
    } catch (cause) {
      if (cause instanceof RecordDamaged) throw cause
      throw new StoreUnavailable('read the record', { cause })
    }
  }

  async #write(operations: Operation[], { durable = false }: WriteOptions = {}): Promise<void> {
    await this.#writes.write(operations, durable)
  }

  async #expiredKeys(last: string, now: number): Promise<string[]> {
    try {
      const range = { gt: last, lt: indexKey(now + 1, ''), limit: sweepStep }
      return await this.#db.keys(range).all()
    } catch (cause) {
      throw new StoreUnavailable('sweep the records', { cause })
    }
  }

  /** In its turn, and only if it is still the record that expired: the key may have been used again. */
  async #forget(entry: string, now: number): Promise<boolean> {
    const text = entry.slice(indexKey(0, '').length)
    return await this.#turns.take(text, async () => {
      const stored = this.#readForSweep(text)
      const expired = stored === 'damaged' || (stored?.expiresAt ?? now + 1) <= now
      const record: Operation[] = expired ? [{ type: 'del', key: recordKey(text) }] : []
      await this.#write([{ type: 'del', key: entry }, ...record])
      return expired
    })
  }

  /** A record that nobody can read any more must not keep the sweep from those behind it. */
  #readForSweep(text: string): Stored | 'damaged' | undefined {
    try {
      return this.#read(text)
    } catch (error) {
      if (error instanceof RecordDamaged) return 'damaged'
      throw error
    }
  }
}
