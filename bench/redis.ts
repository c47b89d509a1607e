import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { temporaryFolder } from './folder.ts'
import { startProgram } from './process.ts'
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
  const port = await startNode(running, core)
  return {
    url: `redis://127.0.0.1:${port}`,
    async usedBytes() {
      const info = await ask(port, (redis) => redis.info('memory'))
      return Number(/^used_memory:(\d+)/m.exec(info)?.[1])
    },
    keys: () => ask(port, (redis) => redis.dbsize()),
    stop: () => running.stop(),
  }
}

/** Three masters without replicas, a third of the slots each. */
export async function startCluster(
  core: string | undefined,
): Promise<Pick<RedisServer, 'url' | 'stop'>> {
  const running = new Running()
  try {
    const ports: number[] = []
    for (const [first, last] of thirds) {
      const port = await startNode(running, core, ['--cluster-enabled', 'yes'])
      const slots = Array.from({ length: last - first + 1 }, (_, index) => first + index)
      await ask(port, (redis) => redis.cluster('ADDSLOTS', ...slots))
      const [known = port] = ports
      await ask(port, (redis) => redis.cluster('MEET', '127.0.0.1', known))
      ports.push(port)
    }
    for (const port of ports) await untilWhole(port, ports.length)
    const hosts = ports.map((port) => `127.0.0.1:${port}`)
    return { url: `redis-cluster://${hosts.join(',')}`, stop: () => running.stop() }
  } catch (error) {
    await running.stop()
    throw error
  }
}

const thirds = [
  [0, 5460],
  [5461, 10_922],
  [10_923, 16_383],
] as const

async function startNode(
  running: Running,
  core: string | undefined,
  options: readonly string[] = [],
): Promise<number> {
  const port = await freePort()
  const folder = running.add(temporaryFolder()).path
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder]
  const inMemory = ['--save', '', '--appendonly', 'no']
  const command = ['redis-server', ...where, ...inMemory, ...options]
  running.add(await startProgram(command, core, /Ready to accept connections/))
  return port
}

/** A node of a Cluster also listens ten thousand ports higher. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function untilWhole(port: number, nodes: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const info = String(await ask(port, (redis) => redis.cluster('INFO')))
    if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes}`)) return
    await wait(100)
  }
  throw new Error('Cannot start the Redis Cluster: its nodes do not find each other')
}

async function ask<T>(port: number, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, '127.0.0.1')
  try {
    return await question(redis)
  } finally {
    redis.disconnect()
  }
}
