import { once } from 'node:events'
import { connect as connectPlain } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { Redis } from 'ioredis'
import { disagreement } from '../disagree.ts'
import type { OwnRedis } from './own-redis.ts'
import { entriesOf, fillMemory, forgetAll } from './redis-content.ts'
import { Relay } from './relay.ts'
import type { Address } from './types.ts'

/** How an exercise makes a connection. */
export type Connect = (address: Address) => Redis

/** Where a Redis is, and whose. */
export interface Place {
  /** What a client needs besides host and port, and what its keys begin with. */
  readonly client: Omit<Address, 'host' | 'port'> & { readonly keyPrefix: string }
  readonly host: string
  readonly port?: number
  readonly tls?: boolean
  /** Where it is ours alone, that is where it listens. */
  readonly own?: OwnRedis
}

const inTime = () => ({ signal: AbortSignal.timeout(2000) })

/** A Redis, what may happen to it, and what may happen between it and the servers that ask it. */
export class RedisMachine {
  readonly #connect: Connect
  readonly #place: Place
  readonly #networks: Relay[] = []
  readonly #clients: Redis[] = []
  #admin: Redis | undefined
  /** Somebody stayed connected when all was over. */
  leftOpen = false

  constructor(connect: Connect, place: Place) {
    this.#connect = connect
    this.#place = place
  }

  /** The connection of one more server. */
  async open(): Promise<Redis> {
    return (await this.openOver()).redis
  }

  /** The same, and the network that it goes over. */
  async openOver(): Promise<{ redis: Redis; network: Relay }> {
    const network = new Relay(() => this.#reach())
    this.#networks.push(network)
    const port = await network.listen()
    const redis = this.#connect({ ...this.#place.client, host: '127.0.0.1', port })
    this.#clients.push(redis)
    redis.on('error', () => {}) // ioredis prints what nobody listens to
    if (redis.status === 'wait') void redis.connect().catch(() => {})
    if (redis.status !== 'ready') await once(redis, 'ready', inTime()).catch(() => this.#unready())
    return { redis, network }
  }

  /** The names of all keys, and for how many seconds more: -1 is forever. */
  async entries(): Promise<Map<string, number>> {
    return await entriesOf(this.asAdmin(), this.#place.client.keyPrefix)
  }

  /** It is stopped, and started again with nothing in it. Of somebody's Redis, our keys are gone. */
  async restart(): Promise<void> {
    const { own } = this.#place
    if (own === undefined) return await this.#removeKeys()
    this.#leave()
    await own.restart()
  }

  /** @see fillMemory */
  async fill(policy: string): Promise<void> {
    if (this.#place.own === undefined) throw new Error('Cannot fill a Redis of somebody else')
    await fillMemory(this.asAdmin(), policy)
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.disconnect()
    const inUse = () => this.#networks.some(({ used }) => used)
    for (let turns = 0; turns < 50 && inUse(); turns += 1) await wait(2)
    this.leftOpen = inUse()
    for (const network of this.#networks) network.cut()
    await this.#leaveNothing()
    this.#leave()
  }

  /** Whose fault it is that there is no connection. */
  async #unready(): Promise<never> {
    await this.asAdmin()
      .ping()
      .catch(() => {
        throw disagreement(this.#unready, 'the Redis of REDIS_URL does not answer')
      })
    throw disagreement(
      this.#unready,
      'the connection that connect gives leads nowhere: is it made with address?',
    )
  }

  /** The next check begins on a Redis as it was. */
  async #leaveNothing(): Promise<void> {
    const { own } = this.#place
    if (own === undefined) return await this.#removeKeys()
    await forgetAll(this.asAdmin()).catch(() => own.restart()) // the store has ended it, or keeps it busy
  }

  async #removeKeys(): Promise<void> {
    for (const key of (await this.entries()).keys()) await this.asAdmin().unlink(key)
  }

  /** A connection of our own, which no network stands in the way of. */
  asAdmin(): Redis {
    const { client, host, tls = false } = this.#place
    const { keyPrefix: _, ...own } = client
    const limits = { retryStrategy: () => null, commandTimeout: 5000 }
    const options = { ...own, host, port: this.#port, ...(tls ? { tls: {} } : {}), ...limits }
    this.#admin ??= new Redis(options).on('error', () => {})
    return this.#admin
  }

  #leave(): void {
    this.#admin?.disconnect()
    this.#admin = undefined
  }

  #reach() {
    const { host, tls = false } = this.#place
    const at = { host, port: this.#port }
    return tls ? connectTls({ ...at, servername: host }) : connectPlain(at)
  }

  get #port(): number {
    return this.#place.own?.port ?? this.#place.port ?? 6379
  }
}
