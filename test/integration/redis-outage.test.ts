import t from 'tap'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { signIn, visit } from './client.ts'
import { impatient, serverOn } from './on-redis.ts'
import {
  ask,
  count,
  independentRequests,
  inGoodTime,
  readingRequests,
  told,
  unavailable,
  writingRequests,
} from './outage.ts'

// S117. While Redis cannot say, nobody gets in, and nobody is told that a session has ended.

interface Outage {
  /** Flags of redis-server. */
  readonly args?: readonly string[]
  begin(redis: RedisServer): unknown
  end(redis: RedisServer): unknown
  /** What /health may call it; which it is depends on how far a new connection has come. */
  readonly reasons: readonly string[]
}

const password = 'of-redis-for-tests-5uQ'
const durable = ['--appendonly', 'yes', '--appendfsync', 'always']

const outages: Record<string, Outage> = {
  'has been stopped': {
    args: durable,
    begin: (redis) => redis.end('SIGTERM'),
    end: (redis) => redis.restart(),
    reasons: ['down'],
  },
  'has been killed': {
    args: durable,
    begin: (redis) => redis.end('SIGKILL'),
    end: (redis) => redis.restart(),
    reasons: ['down'],
  },
  hangs: {
    begin: (redis) => redis.pause(),
    end: (redis) => redis.resume(),
    reasons: ['timeout', 'down'],
  },
  'reads its records after a start': {
    // It takes 50 ms for each record, and listens in between.
    // biome-ignore format: a line for each kind
    args: [
      '--save', '3600 1', '--rdbcompression', 'no',
      '--key-load-delay', '50000', '--loading-process-events-interval-bytes', '1024',
    ],
    async begin(redis) {
      const fill = `for n = 1, 300 do redis.call('SET', n, string.rep('x', 2000)) end`
      await redis.command('EVAL', fill, '0')
      await redis.restart({ ready: 'listening' })
    },
    end: (redis) => redis.command('CONFIG', 'SET', 'key-load-delay', '0'),
    reasons: ['loading', 'down'],
  },
  'refuses our password': {
    async begin(redis) {
      await redis.command('ACL', 'SETUSER', 'ada', 'resetpass', '>another')
      await redis.command('CLIENT', 'KILL', 'USER', 'ada')
    },
    end: (redis) => redis.command('ACL', 'SETUSER', 'ada', `>${password}`),
    reasons: ['denied', 'down'],
  },
}

for (const [what, { args = [], begin, end, reasons }] of Object.entries(outages)) {
  t.test(`while Redis ${what}`, { skip: redisMissing() }, async (t) => {
    const user = ['--user', 'ada', 'on', `>${password}`, '~*', '+@all']
    const redis = await startRedis(t, { args: [...args, ...user] })
    const url = `redis://ada:${password}@127.0.0.1:${redis.port}`
    const server = await serverOn(t, { url }, impatient)
    const token = await signIn(server.url)
    await begin(redis)

    t.test('what needs a record is answered with 503 in good time, all at once', async (t) => {
      const requests = Object.entries({ ...readingRequests(token), ...writingRequests(token) })
      await Promise.all(
        requests.map(async ([request, [path, init]]) => {
          const answer = await ask(server.url + path, init)
          t.strictSame(told(answer), unavailable, request)
          t.ok(answer.milliseconds < inGoodTime, request)
        }),
      )
    })

    t.test('what needs none is answered as ever', async (t) => {
      for (const [request, [status, path, init]] of Object.entries(independentRequests))
        t.equal((await ask(server.url + path, init)).status, status, request)
    })

    t.test('/health says so to everybody', async (t) => {
      const { status, headers, body } = await ask(`${server.url}/health`)
      t.equal(status, 503)
      t.equal(headers.get('retry-after'), '1')
      const { reason, ...health } = JSON.parse(body)
      t.strictSame(health, { status: 'unavailable', store: 'redis' })
      t.ok(reasons.includes(reason), reason)
    })

    t.test('when it is over, the same token works again, and nobody restarted us', async (t) => {
      await end(redis)
      await until(
        async () => (await visit(server.url, token)) !== 503,
        'an answer other than 503',
        5,
      )
      t.equal(await visit(server.url, token), 200)
      t.equal((await ask(`${server.url}/health`)).status, 200)
    })

    t.test(
      'the log says once that it was lost and once that it is back, and no secret',
      async (t) => {
        t.equal(count(server.output(), 'the connection to Redis is lost'), 1)
        t.equal(count(server.output(), 'the connection to Redis is back'), 1)
        t.notOk(server.output().includes(token), 'no token')
        t.notOk(server.output().includes(password), 'no password')
        t.notMatch(server.output(), /unexpected error|uncaught/)
      },
    )
  })
}
