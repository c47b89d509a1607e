import { spawnSync } from 'node:child_process'
import { type RedisServer as Node, startRedis as startNode } from '../test/support/redis.ts'
import { startRedisCluster } from '../test/support/redis-cluster.ts'
import type { Teardown } from '../test/support/redis-server.ts'
import { Running } from './running.ts'

export interface RedisServer {
  /** As `STORE_URL` wants it. */
  readonly url: string
  /** What the records take in memory, in bytes, with all that Redis keeps beside them. */
  usedBytes(): Promise<number>
  /** How many keys there are, those that have expired and are not forgotten yet among them. */
  keys(): Promise<number>
  stop(): Promise<void>
}

/** Also the way to find out early that there is none. */
export function redisVersion(): string {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  const version = /v=(\S+)/.exec(stdout)?.[1]
  if (version === undefined)
    throw new Error('Cannot measure: redis-server is missing. Run: npm run setup')
  return version
}

/** A `redis-server` of its own on a free loopback port. It writes nothing to disk. */
export async function startRedis(core: string | undefined): Promise<RedisServer> {
  const running = new Running()
  const redis = await startNode(endOf(running))
  pin([redis], core)
  return {
    url: redis.url,
    async usedBytes() {
      const info = String(await redis.command('INFO', 'memory'))
      return Number(/^used_memory:(\d+)/m.exec(info)?.[1])
    },
    keys: async () => Number(await redis.command('DBSIZE')),
    stop: () => running.stop(),
  }
}

/** Three masters without replicas, a third of the slots each. */
export async function startCluster(
  core: string | undefined,
): Promise<Pick<RedisServer, 'url' | 'stop'>> {
  const running = new Running()
  const patient = ['--cluster-node-timeout', '15000'] // a node that is busy is not one that has failed
  try {
    const cluster = await startRedisCluster(endOf(running), { replicas: 0, args: patient })
    pin(cluster.masters, core)
    return { url: cluster.url, stop: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

function endOf(running: Running): Teardown {
  return { teardown: (end) => void running.add({ stop: async () => void (await end()) }) }
}

function pin(nodes: readonly Node[], core: string | undefined): void {
  if (core === undefined) return
  for (const { pid } of nodes) spawnSync('taskset', ['--all-tasks', '-cp', core, String(pid)])
}
