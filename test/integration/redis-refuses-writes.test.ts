import { mkdirSync } from 'node:fs'
import t from 'tap'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import { serverOn } from './on-redis.ts'
import { ask, readingRequests, told, unavailable, writingRequests } from './outage.ts'

// S117. A Redis that can be read and not written: who is signed in stays so, nobody signs in,
// and nobody is told that they have signed out.

interface Refusal {
  begin(redis: RedisServer): Promise<unknown>
  end(redis: RedisServer): Promise<unknown>
  /** What /health calls it. */
  readonly reason: string
}

const refusals: Record<string, Refusal> = {
  'has no memory left': {
    begin: (redis) => redis.command('CONFIG', 'SET', 'maxmemory', '1mb'),
    end: (redis) => redis.command('CONFIG', 'SET', 'maxmemory', '0'),
    reason: 'out-of-memory',
  },
  'has too few replicas': {
    begin: (redis) => redis.command('CONFIG', 'SET', 'min-replicas-to-write', '1'),
    end: (redis) => redis.command('CONFIG', 'SET', 'min-replicas-to-write', '0'),
    reason: 'replicas',
  },
  'cannot write to its disk': {
    async begin(redis) {
      const [, folder] = (await redis.command('CONFIG', 'GET', 'dir')) as [string, string]
      mkdirSync(`${folder}/dump.rdb`) // no file can take the place of a folder
      await redis.command('BGSAVE')
      const failed = async () =>
        /rdb_last_bgsave_status:err/.test(String(await redis.command('INFO', 'persistence')))
      await until(failed, 'Redis could not save its records')
    },
    end: (redis) => redis.command('CONFIG', 'SET', 'stop-writes-on-bgsave-error', 'no'),
    reason: 'disk',
  },
}

for (const [what, { begin, end, reason }] of Object.entries(refusals)) {
  t.test(`while Redis ${what}`, { skip: redisMissing() }, async (t) => {
    const redis = await startRedis(t, { args: ['--save', '3600 1'] })
    const server = await serverOn(t, redis)
    const token = await signIn(server.url)
    await begin(redis)

    t.test('who is signed in stays signed in', async (t) => {
      for (const [request, [path, init]] of Object.entries(readingRequests(token)))
        t.equal((await ask(server.url + path, init)).status, 200, request)
    })

    t.test('who signs in or out is told that it did not happen', async (t) => {
      for (const [request, [path, init]] of Object.entries(writingRequests(token)))
        t.strictSame(told(await ask(server.url + path, init)), unavailable, request)
      t.equal(await visit(server.url, token), 200)
    })

    t.test('/health says that this server cannot do its work', async (t) => {
      const { status, body } = await ask(`${server.url}/health`)
      t.equal(status, 503)
      t.strictSame(JSON.parse(body), { status: 'unavailable', store: 'redis', reason })
    })

    t.test('when it is over, people sign in and out again', async (t) => {
      await end(redis)
      t.equal((await ask(`${server.url}/health`)).status, 200)
      t.equal(await signOut(server.url, token), 200)
      t.equal(await visit(server.url, token), 401)
      t.equal(await visit(server.url, await signIn(server.url)), 200)
    })

    t.test('the connection was never lost', async (t) => {
      t.notMatch(server.output(), /the connection to Redis/)
    })
  })
}
