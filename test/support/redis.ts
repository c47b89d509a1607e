import { freePort } from './redis-process.ts'
import { type Ready, type RedisServer, serve, type Teardown } from './redis-server.ts'
import { until } from './until.ts'

export { redisMissing } from './redis-process.ts'
export type { RedisServer } from './redis-server.ts'

/** For a store on it: a busy machine has slow seconds, and a test that is about a limit gives its own. */
export const patient = { connectMilliseconds: 20_000, commandMilliseconds: 5000, waitReplicas: 0 }

interface RedisOptions {
  /** Flags of redis-server; they win over our own settings. */
  args?: string[]
  /** A replica has the password of its master. */
  password?: string
  replicaOf?: RedisServer
  ready?: Ready
  port?: number
}

/** Starts a real redis-server on a free loopback port, until the test ends. */
export async function startRedis(t: Teardown, options: RedisOptions = {}): Promise<RedisServer> {
  const { password, replicaOf, ready = 'ping' } = options
  const quoted = JSON.stringify(password) // as redis.conf wants what may hold spaces or quotes
  const server = await serve(t, {
    ...options,
    url: (port) => `redis://${credentials(password)}127.0.0.1:${port}`,
    settings: async (port) => [
      `port ${port}`,
      // The second port of a Cluster's is by default 10000 above the first, which need not be free.
      ...(options.args?.includes('--cluster-enabled') ? [`cluster-port ${await freePort()}`] : []),
      ...(password === undefined ? [] : [`requirepass ${quoted}`, `masterauth ${quoted}`]),
      ...(replicaOf === undefined ? [] : [`replicaof 127.0.0.1 ${replicaOf.port}`]),
    ],
    ...(password === undefined ? {} : { client: { password } }),
  })
  if (replicaOf !== undefined && ready === 'ping') await hasItsCopy(server)
  return server
}

const credentials = (password?: string) =>
  password === undefined ? '' : `:${encodeURIComponent(password)}@`

/** Resolves when a replica has all that its master had when they met. */
export async function hasItsCopy(replica: RedisServer): Promise<void> {
  await until(
    async () => /master_link_status:up/.test(String(await replica.command('INFO', 'replication'))),
    `the replica on port ${replica.port} has the copy of its master`,
  )
}
