import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { StoreUnavailable } from './errors.ts'
import { keyText, ownerPrefix } from './key.ts'
import { Turns } from './turns.ts'
import type { RecordKey, RecordStore, WriteOptions } from './types.ts'

type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }

/** What we need of a database: `level` on disk and `memory-level` both have it. */
export interface Database {
  open(): Promise<void>
  getSync(key: string): string | undefined
  /** All of it is written, or none. `sync` waits until the disk has it; memory has no disk. */
  batch(operations: Operation[], options: { sync: boolean }): Promise<void>
  iterator(range: { gt: string; lt: string }): AsyncIterable<[key: string, value: string]>
  keys(range: { gt: string; lt: string; limit: number }): { all(): Promise<string[]> }
  close(): Promise<void>
}

/** A record as it is stored: a checksum, when it ends if it does, its value; a space between. */
interface Stored {
  readonly expiresAt: number | undefined
  readonly value: string
}

const sweepStep = 100

/**
 * Records in LevelDB, on disk or in memory. Each record stands at `r:<key>`; one that expires
 * also has an entry at `x:<time>:<key>`, so that sweeping reads only what has expired.
 */
export class LevelStore implements RecordStore {
  readonly #db: Database
  readonly #turns = new Turns()

  /** Takes an open database and closes it in the end. */
  constructor(db: Database) {
    this.#db = db
  }

  async get(key: RecordKey): Promise<string | undefined> {
    return this.#read(keyText(key))?.value
  }

  async insert(key: RecordKey, value: string, expiresAt?: number): Promise<boolean> {
    const text = keyText(key)
    return await this.#turns.take(text, async () => {
      if (this.#read(text) !== undefined) return false
      const index: Operation[] =
        expiresAt === undefined ? [] : [{ type: 'put', key: indexKey(expiresAt, text), value: '' }]
      await this.#write([putRecord(text, { expiresAt, value }), ...index])
      return true
    })
  }

  async replace(
    key: RecordKey,
    expected: string,
    value: string,
    options?: WriteOptions,
  ): Promise<boolean> {
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

  async *list(kind: string, owner: string): AsyncGenerator<{ id: string; value: string }> {
    const prefix = recordKey(ownerPrefix(kind, owner))
    try {
      for await (const [key, text] of this.#db.iterator({ gt: prefix, lt: after(prefix) }))
        yield { id: key.slice(prefix.length), value: parse(key, text).value }
    } catch (cause) {
      throw new StoreUnavailable('list the records', { cause })
    }
  }

  async sweep(now: number): Promise<number> {
    let forgotten = 0
    for (;;) {
      const expired = await this.#expiredKeys(now)
      for (const [entry, text] of expired) {
        if (await this.#forget(entry, text, now)) forgotten += 1
      }
      if (expired.length < sweepStep) return forgotten
      await nextTurnOfTheLoop() // other people's requests come first
    }
  }

  async ping(): Promise<void> {
    this.#read('ping')
  }

  async close(): Promise<void> {
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
      throw new StoreUnavailable('read the record', { cause })
    }
  }

  async #write(operations: Operation[], { durable = false }: WriteOptions = {}): Promise<void> {
    try {
      await this.#db.batch(operations, { sync: durable })
    } catch (cause) {
      throw new StoreUnavailable('write the record', { cause })
    }
  }

  async #expiredKeys(now: number): Promise<Array<[entry: string, text: string]>> {
    try {
      const range = { gt: 'x:', lt: indexKey(now + 1, ''), limit: sweepStep }
      const entries = await this.#db.keys(range).all()
      return entries.map((entry) => [entry, entry.slice(indexKey(0, '').length)])
    } catch (cause) {
      throw new StoreUnavailable('sweep the records', { cause })
    }
  }

  /** In its turn, and only if it is still the record that expired: the key may have been used again. */
  async #forget(entry: string, text: string, now: number): Promise<boolean> {
    return await this.#turns.take(text, async () => {
      const stored = this.#read(text)
      const expired = stored?.expiresAt !== undefined && stored.expiresAt <= now
      await this.#write([{ type: 'del', key: entry }, ...(expired ? removal(text, stored) : [])])
      return expired
    })
  }
}

function recordKey(text: string): string {
  return `r:${text}`
}

function indexKey(expiresAt: number, text: string): string {
  return `x:${String(expiresAt).padStart(16, '0')}:${text}`
}

function putRecord(text: string, { expiresAt, value }: Stored): Operation {
  const key = recordKey(text)
  const body = `${expiresAt ?? ''} ${value}`
  return { type: 'put', key, value: `${checksum(key, body)} ${body}` }
}

function removal(text: string, { expiresAt }: Stored): Operation[] {
  const record: Operation = { type: 'del', key: recordKey(text) }
  return expiresAt === undefined
    ? [record]
    : [record, { type: 'del', key: indexKey(expiresAt, text) }]
}

function parse(key: string, stored: string): Stored {
  const [sum = '', expiresAt = ''] = stored.split(' ', 2)
  const body = stored.slice(sum.length + 1)
  if (sum !== checksum(key, body)) throw new Error('Cannot read the record: it is damaged')
  return {
    expiresAt: expiresAt === '' ? undefined : Number(expiresAt),
    value: body.slice(expiresAt.length + 1),
  }
}

/**
 * LevelDB does not look at its own checksums when it reads a record, and one bit of a damaged disk
 * can turn `2000` into `3000`. Against damage only: who can write our files needs no bit flips.
 */
function checksum(key: string, body: string): string {
  return crc32(body, crc32(key)).toString(36)
}

function after(prefix: string): string {
  return `${prefix.slice(0, -1)};` // `;` follows `:` in ASCII
}
