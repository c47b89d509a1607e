import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { checkServers } from '../../../../example/store/redis/check.ts'
import { patient, redisMissing, startRedis } from '../../../support/redis.ts'
import { startRedisCluster } from '../../../support/redis-cluster.ts'
import { startSentinel } from '../../../support/redis-sentinel.ts'
import { notOpened, warningsOf } from '../opened.ts'
import { answeringServer, bulk } from './answering-server.ts'

const wrapped = { skip: redisMissing() }

const forgets = (policy: string) =>
  `Redis forgets records when its memory is full (${policy}): set maxmemory-policy noeviction`
const noFile =
  'Redis keeps no append-only file: after a crash records may say again what they said before, or be gone. Set appendonly yes and appendfsync always'
const noPassword =
  'STORE_URL has no password, and Redis is on another machine: who reaches it can read and change every record'

const keeping = ['--appendonly', 'yes']

t.test('a server that keeps what it is given: not a word', wrapped, async (t) => {
  const redis = await startRedis(t, { args: keeping })
  t.strictSame(await warningsOf(t, redis.url), [])
})

t.test('a server that would lose records: one sentence for each way', wrapped, async (t) => {
  t.test('by throwing them away when it is full', async (t) => {
    for (const policy of ['allkeys-lru', 'volatile-ttl']) {
      const redis = await startRedis(t, { args: [...keeping, '--maxmemory-policy', policy] })
      t.strictSame(await warningsOf(t, redis.url), [forgets(policy)])
    }
  })

  t.test('by a crash', async (t) => {
    const redis = await startRedis(t, { args: ['--appendonly', 'no'] })
    t.strictSame(await warningsOf(t, redis.url), [noFile])
    const twoConnections = { ...patient, waitReplicas: 1 }
    t.strictSame(await warningsOf(t, redis.url, twoConnections), [noFile], 'once, not by each')
  })

  t.test('by both', async (t) => {
    const redis = await startRedis(t, { args: ['--maxmemory-policy', 'allkeys-lru'] })
    t.strictSame(await warningsOf(t, redis.url), [forgets('allkeys-lru'), noFile])
  })
})

t.test('a Redis on another machine', wrapped, async (t) => {
  // 0.0.0.0 leads to this machine, and is not one of the names of the loopback.
  const elsewhere = (url: string) => url.replace('127.0.0.1', '0.0.0.0')

  t.test('wants a password', async (t) => {
    const redis = await startRedis(t, { args: keeping })
    t.strictSame(await warningsOf(t, elsewhere(redis.url)), [noPassword])
  })

  t.test('with one there is nothing to say', async (t) => {
    const redis = await startRedis(t, { args: keeping, password: 'secret' })
    t.strictSame(await warningsOf(t, elsewhere(redis.url)), [])
  })

  const names = {
    here: ['localhost', '127.0.0.1', '127.1.2.3', '::1'],
    elsewhere: [
      'redis',
      '10.0.0.1',
      '10.127.0.1',
      'x127.0.0.1',
      '127.0.0.1.example',
      '127.example.org',
      '::2',
    ],
  }
  for (const [where, hosts] of Object.entries(names)) {
    for (const host of hosts) {
      t.test(`${host} is ${where}`, async (t) => {
        const info = async () => 'redis_version:7.0.15\r\nrole:master\r\naof_enabled:1\r\n'
        const url = {
          engine: 'redis',
          tls: false,
          hosts: [{ host, port: 6379 }],
          database: 0,
        } as const
        const client = Object.assign(new Redis({ lazyConnect: true }), { info })
        t.strictSame(await checkServers(client, url), where === 'here' ? [] : [noPassword])
      })
    }
  }

  t.test('one of several hosts elsewhere is enough', async (t) => {
    const redis = await startRedis(t, { args: keeping })
    const sentinels = await startSentinel(t, { master: redis })
    t.strictSame(await warningsOf(t, `${sentinels.url},redis.example`), [noPassword])
  })
})

t.test('an old Redis', async (t) => {
  // No old server is at hand: this one only says what such a server says of itself.
  const serverOf = async (t: Test, version?: string) => {
    const said = version === undefined ? '' : `redis_version:${version}\r\n`
    const info = `${said}role:master\r\naof_enabled:1\r\n`
    const port = await answeringServer(t, (command) =>
      command === 'INFO' ? bulk(info) : `-ERR unknown command '${command}'`,
    )
    return `redis://127.0.0.1:${port}`
  }
  for (const version of ['2.8.24', '5.0.14']) {
    t.test(`${version} cannot do the work`, async (t) => {
      const { message } = await notOpened(await serverOf(t, version))
      t.equal(
        message,
        `Cannot open the store: Redis ${version} lacks what is needed. Use 6.2 or later in STORE_URL`,
      )
    })
  }
  t.test('6.0.20 is too old', async (t) => {
    const old = 'Redis 6.0.20 is older than 6.2 and no longer looked after'
    t.strictSame(await warningsOf(t, await serverOf(t, '6.0.20')), [old])
  })
  for (const version of ['6.2.0', '7.0.15', '8.10.1', '10.0.0']) {
    t.test(`${version} is not`, async (t) => {
      t.strictSame(await warningsOf(t, await serverOf(t, version)), [])
    })
  }

  t.test('about one that does not say nothing is guessed', async (t) => {
    t.strictSame(await warningsOf(t, await serverOf(t)), [])
  })
})

t.test('a server that cannot do the work at all is refused', wrapped, async (t) => {
  t.test('a replica, which takes no writes', async (t) => {
    const master = await startRedis(t)
    const replica = await startRedis(t, { replicaOf: master })
    t.equal(
      (await notOpened(replica.url)).message,
      `Cannot open the store: Redis at 127.0.0.1:${replica.port} is a replica. Set STORE_URL to its master`,
    )
  })

  t.test('one node of a Cluster, which has not all the records', async (t) => {
    const node = await startRedis(t, { args: ['--cluster-enabled', 'yes'] })
    t.equal(
      (await notOpened(node.url)).message,
      'Cannot open the store: the server is part of a Cluster. Begin STORE_URL with redis-cluster://',
    )
  })

  t.test('a sentinel, which has no records', async (t) => {
    const sentinels = await startSentinel(t, { master: await startRedis(t) })
    t.equal(
      (await notOpened(sentinels.url.replace('-sentinel://sessions@', '://'))).message,
      'Cannot open the store: the server is a sentinel. Begin STORE_URL with redis-sentinel://',
    )
  })
})

t.test(
  'every master of a Cluster is looked at, and what is true of all is said once',
  wrapped,
  async (t) => {
    const { url, masters } = await startRedisCluster(t, { masters: 3, replicas: 0 })
    await masters[2]?.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
    t.strictSame((await warningsOf(t, url)).sort(), [noFile, forgets('allkeys-lru')].sort())
  },
)
