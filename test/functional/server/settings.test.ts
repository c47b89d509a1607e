import t from 'tap'
import { readSettings } from '../../../example/server/read-settings.ts'
import {
  type SharedConfig,
  sharedConfig,
  sharedSettings,
} from '../../../example/server/settings.ts'
import { configProblems } from '../../support/refusal.ts'

// The settings of every server; what each has beside them is tested with its own.

const inMemory = { STORE_URL: 'memory:' }

function read(environment: Record<string, string | undefined>): SharedConfig {
  const { env, given } = readSettings(sharedSettings, { environment, file: {} })
  return sharedConfig(env, given)
}

const problemsOf = (given: Record<string, string>) => configProblems(read, given)

t.test('an empty setting counts as one that is not there', async (t) => {
  const empty = { HOST: '', PORT: '', PUBLIC_ORIGIN: '', LOG_LEVEL: '' }
  t.same(read({ ...inMemory, ...empty, NODE_ENV: undefined }), read(inMemory))
})

const settings: Array<
  [name: string, value: string, one: (config: SharedConfig) => unknown, is: unknown]
> = [
  ['HOST', 'localhost', ({ host }) => host, 'localhost'],
  ['HOST', '[::1]', ({ host }) => host, '::1'],
  ['PORT', '0', ({ port }) => port, 0],
  ['PORT', '65535', ({ port }) => port, 65_535],
  ['PUBLIC_ORIGIN', 'https://jwt.example', (c) => c.publicOrigin, 'https://jwt.example'],
  ['PUBLIC_ORIGIN', 'http://[::1]:8080', (c) => c.publicOrigin, 'http://[::1]:8080'],
  ['STORE_URL', 'memory:', ({ storeUrl }) => storeUrl.engine, 'memory'],
  ['STORE_URL', 'redis-cluster://a,b', ({ storeUrl }) => storeUrl.engine, 'redis-cluster'],
  ['REDIS_CONNECT_MILLISECONDS', '50', ({ redis }) => redis.connectMilliseconds, 50],
  ['REDIS_COMMAND_MILLISECONDS', '10', ({ redis }) => redis.commandMilliseconds, 10],
  ['REDIS_WAIT_REPLICAS', '2', ({ redis }) => redis.waitReplicas, 2],
  ['LOG_LEVEL', 'silent', ({ logLevel }) => logLevel, 'silent'],
  ['MAX_BODY_BYTES', '64', ({ maxBodyBytes }) => maxBodyBytes, 64],
  ['MAX_HEADER_BYTES', '65536', ({ limits }) => limits.maxHeaderBytes, 65_536],
  ['MAX_CONNECTIONS', '1', ({ limits }) => limits.maxConnections, 1],
  ['REQUEST_TIMEOUT', '5s', ({ limits }) => limits.requestTimeoutSeconds, 5],
  ['REQUEST_TIMEOUT', '5s', ({ limits }) => limits.headersTimeoutSeconds, 5],
  ['REQUEST_TIMEOUT', '1m', ({ limits }) => limits.headersTimeoutSeconds, 10],
  ['REQUESTS_PER_SECOND', '1000000', ({ requestsPerSecond }) => requestsPerSecond, 1_000_000],
]
t.test('every setting is read', async (t) => {
  for (const [name, value, one, is] of settings) {
    t.test(`${name}=${value}: ${is}`, async (t) => {
      t.equal(one(read({ ...inMemory, [name]: value })), is)
    })
  }
})

const wholeNumber = 'must be a whole number'
const duration = 'must be a duration such as 90s, 10m, 1h30m or 7d'
const origin = 'must be an origin such as https://example.org, without a path'
const bad: Array<[name: string, values: string[], problem: string]> = [
  ['PORT', ['-1', '1.5', '0x50', '1e3', ' 80', '1337a', '9999999999'], wholeNumber],
  ['PORT', ['65536'], 'must be 65535 or less'],
  ['PUBLIC_ORIGIN', ['example.org', 'https://a.example/', 'https://a.example/x'], origin],
  ['PUBLIC_ORIGIN', ['ftp://a.example', 'https://A.example', 'https://', 'null'], origin],
  [
    'STORE_URL',
    ['level:', 'memory:x', 'redis', './data'],
    'must be memory:, level: and a folder, or redis://, rediss://, redis-cluster:// or redis-sentinel:// and a host',
  ],
  ['REDIS_CONNECT_MILLISECONDS', ['49'], 'must be 50 or more'],
  ['REDIS_COMMAND_MILLISECONDS', ['9'], 'must be 10 or more'],
  ['REDIS_WAIT_REPLICAS', ['11'], 'must be 10 or less'],
  ['WORKERS', ['0'], 'must be 1 or more'],
  ['WORKERS', ['65'], 'must be 64 or less'],
  ['WORKERS', ['2'], 'each process has a memory of its own: use 1, or a Redis in STORE_URL'],
  [
    'NODE_ENV',
    ['Production', 'prod', 'live'],
    'must be development, test or production, in small letters',
  ],
  ['LOG_LEVEL', ['debug', 'INFO'], 'must be info, warn, error or silent'],
  ['MAX_BODY_BYTES', ['63'], 'must be 64 or more'],
  ['MAX_BODY_BYTES', ['1048577'], 'must be 1048576 or less'],
  ['MAX_HEADER_BYTES', ['1023'], 'must be 1024 or more'],
  ['MAX_CONNECTIONS', ['0'], 'must be 1 or more'],
  ['REQUEST_TIMEOUT', ['20'], duration],
  ['REQUESTS_PER_SECOND', ['0'], 'must be 1 or more'],
]
t.test('what cannot be used is refused by name', async (t) => {
  for (const [name, values, problem] of bad) {
    for (const value of values) {
      t.test(`${name}=${value.slice(0, 20)}: ${problem}`, async (t) => {
        t.same(problemsOf({ ...inMemory, [name]: value }), [`${name}: ${problem}`])
      })
    }
  }
})

t.test('more than one process needs a store that processes can share', async (t) => {
  const workersOn = (STORE_URL: string, WORKERS = '2') => ({ STORE_URL, WORKERS })
  t.test('LevelDB is none', async (t) => {
    t.same(problemsOf(workersOn('level:./data')), [
      'WORKERS: LevelDB lets only one process open its files: use 1, or a Redis in STORE_URL',
    ])
    t.equal(read(workersOn('level:./data', '1')).workers, 1)
  })

  t.test('every kind of Redis is one', async (t) => {
    for (const url of ['redis://a', 'rediss://a', 'redis-cluster://a', 'redis-sentinel://m@a'])
      t.equal(read(workersOn(url, '64')).workers, 64, url)
  })
})
