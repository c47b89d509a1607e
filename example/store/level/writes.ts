import { setTimeout as wait } from 'node:timers/promises'
import { StoreUnavailable } from '../errors.ts'
import type { Operation } from './record.ts'

export type WriteBatch = (operations: Operation[], options: { sync: boolean }) => Promise<void>

interface Batch {
  readonly operations: Operation[]
  sync: boolean
  readonly written: Promise<void>
}

const firstWaitMilliseconds = 250
const longestWaitMilliseconds = 2000

/**
 * Writes one batch at a time; what comes meanwhile travels together in the next. After a write that
 * failed none is taken until the files have been opened anew.
 *
 * A full disk takes half an entry of LevelDB's log. LevelDB would write the next one behind that half,
 * call it safe, and not find it at the next start. And of two writes under way the second may stand
 * behind the half of the first: so there is only ever one.
 */
export class LevelWrites {
  readonly #write: WriteBatch
  readonly #reopen: (() => Promise<void>) | undefined
  readonly #closing = new AbortController()
  #last: Promise<void> = Promise.resolve()
  #next: Batch | undefined
  #refusal: { readonly cause: unknown } | undefined
  #mending: Promise<void> | undefined

  /** `reopen` begins a new log, or rejects when that cannot be done yet. Memory needs none. */
  constructor(write: WriteBatch, reopen?: () => Promise<void>) {
    this.#write = write
    this.#reopen = reopen
  }

  /** Throws StoreUnavailable while no write is taken. */
  check(): void {
    if (this.#refusal === undefined) return
    throw new StoreUnavailable('write the record', { ...this.#refusal, code: 'disk' })
  }

  /** All operations are written, or none; nobody knows which when it rejects. */
  async write(operations: Operation[], sync: boolean): Promise<void> {
    this.#next ??= this.#gather()
    const batch = this.#next
    batch.operations.push(...operations)
    batch.sync ||= sync
    await batch.written
  }

  /** Resolves when nothing is under way any more: then the database may be closed. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#last
    await this.#mending
  }

  #gather(): Batch {
    const written = this.#last.then(() => this.#send(batch))
    const batch: Batch = { operations: [], sync: false, written }
    this.#last = written.catch(() => {}) // the writers hear of it
    return batch
  }

  async #send({ operations, sync }: Batch): Promise<void> {
    this.#next = undefined // who comes now travels with the next
    this.check()
    try {
      await this.#write(operations, { sync })
    } catch (cause) {
      this.#refuse(cause)
      this.check()
      throw new StoreUnavailable('write the record', { cause })
    }
  }

  #refuse(cause: unknown): void {
    if (this.#reopen === undefined || this.#closing.signal.aborted) return
    this.#refusal = { cause }
    this.#mending = this.#mend(this.#reopen)
  }

  async #mend(reopen: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing
    for (
      let pause = firstWaitMilliseconds;
      ;
      pause = Math.min(2 * pause, longestWaitMilliseconds)
    ) {
      await wait(pause, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      try {
        await reopen()
        this.#refusal = undefined
        return
      } catch (cause) {
        this.#refusal = { cause }
      }
    }
  }
}
