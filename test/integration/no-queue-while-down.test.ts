import t from 'tap'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { signIn, visit } from './client.ts'
import { impatient, serverOn } from './on-redis.ts'

// What is kept for later, while Redis is away, fills the memory, and falls on Redis when it comes back.

const requests = 1000
const clients = 50

/** How many records Redis has looked up since the counts were reset, however many at once. */
async function recordsLookedUp(redis: RedisServer): Promise<number> {
  const stats = String(await redis.command('INFO', 'stats'))
  const count = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(stats)?.[1])
  return count('keyspace_hits') + count('keyspace_misses')
}

/** So many look-ups from so many clients, each of which waits for an answer before it asks again. */
async function lookUps(url: string, token: string): Promise<number[]> {
  const statuses: number[] = []
  let left = requests
  const client = async () => {
    while (left > 0) {
      left -= 1
      statuses.push(await visit(url, token))
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return statuses
}

const outages = {
  hangs: {
    begin: (redis: RedisServer) => redis.pause(),
    end: (redis: RedisServer) => redis.resume(),
  },
  'is down': {
    begin: (redis: RedisServer) => redis.end('SIGKILL'),
    end: (redis: RedisServer) => redis.restart(),
  },
}

for (const [what, { begin, end }] of Object.entries(outages)) {
  t.test(`${requests} requests while Redis ${what}`, { skip: redisMissing() }, async (t) => {
    const redis = await startRedis(t, { args: ['--appendonly', 'yes'] })
    const server = await serverOn(t, redis, { ...impatient, LOG_LEVEL: 'silent' })
    const token = await signIn(server.url)
    await redis.command('CONFIG', 'RESETSTAT')
    await begin(redis)

    const statuses = await lookUps(server.url, token)
    t.equal(statuses.length, requests, 'every one is answered')
    t.same(new Set(statuses), new Set([503]))

    await end(redis)
    await until(async () => (await visit(server.url, token)) === 200, 'Redis is back')
    const late = await recordsLookedUp(redis)
    // One of each client may have been sent before the connection was known to be lost.
    t.ok(late <= clients + 10, `Redis was asked for ${late} records, and not ${requests}`)
  })
}
