import type { Cluster, Redis } from 'ioredis'
import { StoreUnavailable } from '../errors.ts'
import { keyText, ownerPrefix } from '../key.ts'
import type { ListOptions, RecordKey, RecordStore, WriteOptions } from '../types.ts'
import { Bounded } from './bounded.ts'
import { createLookUp, type LookUp } from './look-up.ts'
import { sendAgainIfMoved } from './moving.ts'
import { insertScript, pingScript, removeScript, replaceScript } from './scripts.ts'

export type RedisClient = Redis | Cluster

export interface RedisStoreOptions {
  /** How long one command may take before nobody knows. */
  readonly commandMilliseconds: number
  /** How many replicas must confirm a durable write; 0 does not ask them. */
  readonly waitReplicas: number
  /**
   * A connection for durable writes alone, where they wait for replicas: waiting holds a connection up,
   * and everybody else's look-ups must not stand behind it.
   */
  readonly durableClient: RedisClient
  /** What the connection said last, since it was there. */
  readonly lastError?: (() => unknown) | undefined
}

const listStep = 100
/** No more durable writes than this wait for replicas at once: while those are away, a queue would only grow. */
const mostWaiting = 100

/**
 * Records in Redis, on one server or on a Cluster: a string each, which Redis itself forgets at its expiry.
 * Compare-and-set is a script (scripts.ts says how keys and indexes look).
 */
export class RedisStore implements RecordStore {
  readonly #client: RedisClient
  readonly #options: RedisStoreOptions
  readonly #bounded: Bounded
  readonly #lookUp: LookUp
  #waiting = 0

  /** Takes open connections and closes them in the end. */
  constructor(client: RedisClient, options: RedisStoreOptions) {
    this.#client = client
    this.#options = options
    this.#bounded = new Bounded(options.commandMilliseconds, options.lastError)
    this.#lookUp = createLookUp(client, this.#bounded)
  }

  async get(key: RecordKey): Promise<string | undefined> {
    return (await this.#lookUp(recordName(key))) ?? undefined
  }

  async insert(key: RecordKey, value: string, expiresAt?: number, options?: WriteOptions) {
    const keys = [recordName(key), indexName(key.kind, key.owner)] as const
    const values = [key.id, value, String(expiresAt ?? '')]
    return await this.#write([insertScript, keys, values], options)
  }

  async replace(key: RecordKey, expected: string, value: string, options?: WriteOptions) {
    return await this.#write([replaceScript, [recordName(key)], [expected, value]], options)
  }

  async remove(key: RecordKey, options?: WriteOptions): Promise<boolean> {
    const keys = [recordName(key), indexName(key.kind, key.owner)] as const
    return await this.#write([removeScript, keys, [key.id]], options)
  }

  async *list(kind: string, owner: string, { after }: ListOptions = {}) {
    if (after !== undefined) keyText({ kind, owner, id: after })
    const doing = 'list the records'
    const index = indexName(kind, owner)
    const all = await this.#bounded.ask(doing, () => this.#client.zrange(index, 0, '-1'))
    const ids = all.filter((id) => after === undefined || id > after).sort()
    for (let first = 0; first < ids.length; first += listStep) {
      const step = ids.slice(first, first + listStep)
      const names = step.map((id) => recordName({ kind, owner, id }))
      const values = await this.#bounded.ask(doing, () => this.#client.mget(names))
      for (const [n, id] of step.entries()) {
        const value = values[n]
        if (value != null) yield { id, value } // one that has expired leaves the index later
      }
    }
  }

  /** Redis forgets by itself, at the expiry of each record. */
  async sweep(): Promise<number> {
    return 0
  }

  /** Writes and looks as requests do: who may do only one of them lets nobody in or out. */
  async ping(): Promise<void> {
    const name = 'health:ping'
    await this.#write([pingScript, [name], []])
    await this.#lookUp(name)
  }

  async close(): Promise<void> {
    this.#client.disconnect()
    this.#options.durableClient.disconnect()
  }

  async #write([script, keys, values]: Write, { durable = false } = {}): Promise<boolean> {
    const command = [script, keys.length, ...keys, ...values] as const
    if (durable && this.#options.waitReplicas > 0) return await this.#writeAndWait(keys[0], command)
    return await this.#bounded.ask('write the record', async () =>
      isDone(await this.#client.call('eval', ...command)),
    )
  }

  /** WAIT counts the replicas that have all that this connection has written so far. */
  async #writeAndWait(name: string, command: readonly unknown[]): Promise<boolean> {
    const { waitReplicas, commandMilliseconds, durableClient } = this.#options
    const doing = 'write the record to the replicas'
    if (this.#waiting >= mostWaiting) throw new StoreUnavailable(doing, { code: 'replicas' })
    const wait = ['wait', waitReplicas, Math.floor(commandMilliseconds / 2)]
    const send = async () => {
      const results = await durableClient.pipeline([['eval', ...command], wait]).exec()
      return (results ?? []).map(([error, result]) => {
        if (error) throw error
        return result
      })
    }
    const [written, confirmed] = await this.#bounded.ask(doing, async () => {
      this.#waiting += 1
      try {
        const [done, count] = await sendAgainIfMoved(durableClient, name, send)
        return [isDone(done), Number(count)] as const
      } finally {
        this.#waiting -= 1
      }
    })
    // Also where nothing was left to write: what this connection wrote before may be why.
    if (confirmed < waitReplicas) throw new StoreUnavailable(doing, { code: 'replicas' })
    return written
  }
}

/** What our scripts say. Anything else is neither yes nor no. */
function isDone(answer: unknown): boolean {
  if (answer === 1) return true
  if (answer === 0) return false
  throw new Error('An answer that makes no sense')
}

type Write = readonly [
  script: string,
  keys: readonly [record: string, ...others: string[]],
  values: readonly string[],
]

function recordName(key: RecordKey): string {
  keyText(key) // throws where a part is malformed
  return `${key.kind}:{${key.owner}}:${key.id}`
}

function indexName(kind: string, owner: string): string {
  ownerPrefix(kind, owner)
  return `${kind}:{${owner}}`
}
