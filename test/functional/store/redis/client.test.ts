import { Cluster, type Redis } from 'ioredis'
import t from 'tap'
import { createClient } from '../../../../example/store/redis/client.ts'
import { parseStoreUrl } from '../../../../example/store/url.ts'
import { patient, redisMissing, startRedis } from '../../../support/redis.ts'

function clientOf(text: string) {
  const url = parseStoreUrl(text)
  if (url.engine === 'memory' || url.engine === 'level') throw new Error('Not a URL of Redis')
  return createClient(url, patient)
}

/** What each connection to a server is told, one of a Cluster like any other. */
function optionsOf(client: Redis | Cluster) {
  return client instanceof Cluster ? (client.options.redisOptions ?? {}) : client.options
}

const kinds = {
  'one server': 'redis://ada:p%40ss@a:7000/3',
  'a Cluster': 'redis-cluster://ada:p%40ss@a:7000,b:7001',
  'a Sentinel': 'redis-sentinel://ada:p%40ss@sessions@a:7000,b:7001/3',
}

for (const [kind, url] of [
  ['one server', kinds['one server']],
  ['a Cluster', kinds['a Cluster']],
] as const) {
  t.test(`${kind}: TLS when the URL says so, and a look at the certificate`, async (t) => {
    t.notOk(optionsOf(clientOf(url)).tls)
    const { tls } = optionsOf(clientOf(url.replace('redis', 'rediss')))
    t.ok(tls)
    t.not(tls?.rejectUnauthorized, false)
    t.equal(tls?.checkServerIdentity, undefined, 'its own, which asks for the name')
  })
}

for (const [kind, url] of Object.entries(kinds)) {
  t.test(kind, async (t) => {
    t.test('does not connect before it is told', async (t) => {
      t.equal(clientOf(url).status, 'wait')
    })

    t.test('is given the user and the password, as they are', async (t) => {
      t.hasStrict(optionsOf(clientOf(url)), { username: 'ada', password: 'p@ss' })
    })

    t.test('without any it is given none', async (t) => {
      const options = optionsOf(clientOf(url.replace('ada:p%40ss@', '')))
      t.notOk(options.username)
      t.notOk(options.password)
    })

    t.test('keeps no command for later, and sends none a second time', async (t) => {
      const client = clientOf(url)
      t.hasStrict(optionsOf(client), {
        maxRetriesPerRequest: 0,
        autoResendUnfulfilledCommands: false,
      })
      t.equal(client.options.enableOfflineQueue, false)
    })

    t.test('has limits for a connection and for an answer', async (t) => {
      const { connectMilliseconds: connectTimeout, commandMilliseconds: socketTimeout } = patient
      t.hasStrict(optionsOf(clientOf(url)), { connectTimeout, socketTimeout })
    })

    t.test('tries again within half a second, forever, and not all at once', async (t) => {
      const strategies = strategiesOf(clientOf(url))
      t.ok(strategies.length > 0)
      for (const delayOf of strategies) {
        const first = Array.from({ length: 200 }, () => delayOf(1))
        t.ok(first.every((delay) => delay >= 50 && delay < 150))
        t.ok(new Set(first).size > 20, 'a hundred servers come back one by one')
        for (const times of [2, 5, 10, 1000, 1_000_000]) {
          const delays = Array.from({ length: 200 }, () => delayOf(times))
          t.ok(delays.every((delay) => delay > 0 && delay <= 500))
        }
      }
    })
  })
}

function strategiesOf(client: Redis | Cluster): Array<(times: number) => number> {
  const { options } = client
  const all =
    client instanceof Cluster
      ? [client.options.clusterRetryStrategy]
      : [
          client.options.retryStrategy,
          ...('sentinels' in options && options.sentinels ? [options.sentinelRetryStrategy] : []),
        ]
  return all.map((strategy) => (times) => Number(strategy?.(times)))
}

t.test('the hosts of the URL', async (t) => {
  const several = [
    { host: 'a', port: 7000 },
    { host: 'b', port: 7001 },
  ]
  t.test('one server has its database', async (t) => {
    t.hasStrict(clientOf(kinds['one server']).options, { host: 'a', port: 7000, db: 3 })
  })

  t.test('sentinels have the name of the master, too', async (t) => {
    t.hasStrict(clientOf(kinds['a Sentinel']).options, {
      sentinels: several,
      name: 'sessions',
      db: 3,
    })
  })

  t.test('sentinels without a name are no way to a master', async (t) => {
    const url = { engine: 'redis-sentinel', tls: false, hosts: several, database: 0 } as const
    t.throws(() => createClient(url, patient), { message: 'Requires the name of master.' })
  })

  t.test('a Cluster with TLS is asked by name: a certificate holds no address', async (t) => {
    const { dnsLookup } = (clientOf('rediss-cluster://a.example') as Cluster).options
    const found = await new Promise((resolve, reject) =>
      dnsLookup?.('a.example', (error, address) => (error ? reject(error) : resolve(address))),
    )
    t.equal(found, 'a.example')
  })
})

t.test('a master that has become a replica is left: the address may lead elsewhere', async (t) => {
  for (const url of Object.values(kinds)) {
    const { reconnectOnError } = optionsOf(clientOf(url))
    const leaves = (message: string) => reconnectOnError?.(new Error(message))
    t.equal(leaves("READONLY You can't write against a read only replica."), true)
    for (const other of ['OOM command not allowed', 'WRONGTYPE', 'a value of XREADONLYX'])
      t.equal(leaves(other), false, other)
  }
})

t.test('what cannot be sent now fails now', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const client = clientOf(redis.url)
  client.on('error', () => {})
  t.teardown(() => client.disconnect())
  await client.connect()
  await redis.end('SIGKILL')
  const outcome = async () => {
    const error: unknown = await client.get('a').catch((error: unknown) => error)
    return error instanceof Error ? error.message : error
  }
  t.match(await outcome(), /closed|writeable|max retries/)
  t.match(await outcome(), /writeable/)
})
