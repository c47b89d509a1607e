import type { Test } from 'tap'
import { type RedisServer, serve } from './redis-server.ts'
import { until } from './until.ts'

export interface RedisSentinels {
  /** With the password of the master, if it wants one; the sentinels themselves want none. */
  readonly url: string
  readonly name: string
  readonly servers: RedisServer[]
  /** The port of the master, as the sentinels that answer see it. */
  masterPort(): Promise<number>
  end(): Promise<void>
}

/**
 * Starts real sentinels over a master and the replicas that it has by now, until the test ends.
 * With `count: 3` two must agree on a failover; one alone decides for itself.
 */
export async function startSentinel(
  t: Test,
  options: { master: RedisServer; name?: string; count?: number; quorum?: number },
): Promise<RedisSentinels> {
  const { master, name = 'sessions', count = 1, quorum = Math.floor(count / 2) + 1 } = options
  const encoded = new URL(master.url).password
  const password = decodeURIComponent(encoded)
  const credentials = encoded === '' ? '' : `:${encoded}@`
  const start = () =>
    serve(t, {
      url: (port) => `redis://127.0.0.1:${port}`,
      settings: (port) => [
        `port ${port}`,
        `sentinel monitor ${name} 127.0.0.1 ${master.port} ${quorum}`,
        ...(password === '' ? [] : [`sentinel auth-pass ${name} ${JSON.stringify(password)}`]),
        `sentinel down-after-milliseconds ${name} 700`,
        `sentinel failover-timeout ${name} 3000`, // milliseconds
      ],
      args: ['--sentinel'],
    })
  const servers = await Promise.all(Array.from({ length: count }, start))
  await Promise.all(servers.map((sentinel) => sentinel.command('SENTINEL', 'DEBUG', ...hurry)))
  await Promise.all(servers.map((sentinel) => knowsAll(sentinel, { master, name, count })))

  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`)
  return {
    url: `redis-sentinel://${credentials}${name}@${hosts.join()}`,
    name,
    servers,
    async masterPort() {
      const ask = (sentinel: RedisServer) =>
        sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)
      const [, port] = (await Promise.any(servers.map(ask))) as string[]
      return Number(port)
    },
    async end() {
      await Promise.all(servers.map((server) => server.end()))
    },
  }
}

/** Milliseconds. By default they take it easier: an old master that is back must wait ten seconds. */
const hurry = ['info-period', '1000', 'publish-period', '300', 'ask-period', '300']

/** Without a replica in working order, or without the others, a sentinel could not fail over. */
async function knowsAll(
  sentinel: RedisServer,
  { master, name, count }: { master: RedisServer; name: string; count: number },
): Promise<void> {
  const info = String(await master.command('INFO', 'replication'))
  const replicaCount = Number(/connected_slaves:(\d+)/.exec(info)?.[1])
  await until(
    async () => {
      const others = (await sentinel.command('SENTINEL', 'SENTINELS', name)) as unknown[]
      const replicas = (await sentinel.command('SENTINEL', 'REPLICAS', name)) as unknown[]
      const inOrder = replicas.filter((replica) => isInOrder(fieldsOf(replica)))
      return others.length === count - 1 && inOrder.length === replicaCount
    },
    `the sentinel on port ${sentinel.port} knows ${replicaCount} replicas and ${count - 1} others`,
  )
}

const isInOrder = (replica: Map<unknown, unknown>) =>
  replica.get('flags') === 'slave' && replica.get('master-link-status') === 'ok'

/** Sentinel answers name, value, name, value. */
function fieldsOf(answer: unknown): Map<unknown, unknown> {
  const words = answer as unknown[]
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]]] : [])))
}
