import t from 'tap'
import { parseStoreUrl, type StoreUrl } from '../../../example/store/url.ts'
import { messageOf } from '../../support/refusal.ts'

const redis = { engine: 'redis', tls: false, database: 0 } as const
const at = (host: string, port = 6379) => [{ host, port }]
const ada = { username: 'ada', password: 'p@ss:w/rd%' } as const

const read: Record<string, StoreUrl> = {
  'memory:': { engine: 'memory' },
  'level:./data': { engine: 'level', folder: './data' },
  'level:C:\\data': { engine: 'level', folder: 'C:\\data' },
  'redis://redis': { ...redis, hosts: at('redis') },
  'redis://redis/': { ...redis, hosts: at('redis') },
  'redis://127.0.0.1:7000/15': { ...redis, hosts: at('127.0.0.1', 7000), database: 15 },
  'redis://[::1]:7000': { ...redis, hosts: at('::1', 7000) },
  'rediss://redis.example:6380': { ...redis, tls: true, hosts: at('redis.example', 6380) },
  'redis://:secret@redis': { ...redis, hosts: at('redis'), password: 'secret' },
  'redis://ada:p%40ss%3Aw%2Frd%25@redis': { ...redis, hosts: at('redis'), ...ada },
  'redis-cluster://a:1,b,[::1]:3': {
    ...redis,
    engine: 'redis-cluster',
    hosts: [...at('a', 1), ...at('b'), ...at('::1', 3)],
  },
  'rediss-cluster://ada:p%40ss%3Aw%2Frd%25@a': {
    ...redis,
    engine: 'redis-cluster',
    tls: true,
    hosts: at('a'),
    ...ada,
  },
  'redis-sentinel://sessions@a,b:1/2': {
    ...redis,
    engine: 'redis-sentinel',
    masterName: 'sessions',
    hosts: [...at('a', 26_379), ...at('b', 1)],
    database: 2,
  },
  'redis-sentinel://:secret@sessions@a': {
    ...redis,
    engine: 'redis-sentinel',
    masterName: 'sessions',
    hosts: at('a', 26_379),
    password: 'secret',
  },
}

t.test('reads', async (t) => {
  for (const [url, is] of Object.entries(read))
    t.test(url, async (t) => t.same(parseStoreUrl(url), is))
})

const noEngine =
  'must be memory:, level: and a folder, or redis://, rediss://, redis-cluster:// or redis-sentinel:// and a host'
const unreadable =
  'cannot be read: in a password write %2F for a /, %23 for a #, %3F for a ?, and nothing but a number after the host'
const noHost = 'has a host that cannot be read: write host:port, with commas between them'
const noPassword =
  'must have user:password before the @, with %40 for an @ and %3A for a colon inside them'

const refused: Record<string, readonly string[]> = {
  // biome-ignore format: a line for each kind
  [noEngine]: [
    '', 'level', 'level:', 'level:\n', 'LEVEL:./data', 'xlevel:./data', 'memory', 'memory:x',
    './data', 'file:./data', 'redis', 'redis:', 'redis:host', 'http://redis', 'Redis://a',
  ],
  // biome-ignore format: a line for each kind
  [unreadable]: [
    'redis://a/b', 'redis://a/0?tls=true', 'redis://a b',
    'redis://:hunter/2@a', 'redis-cluster://:hunter#2@a', 'rediss://:hunter?2@a',
  ],
  // biome-ignore format: a line for each kind
  [noHost]: [
    'redis://a:', 'redis://a:0', 'redis://a:65536', 'redis://a:x', 'redis://[a]:1', 'redis://@',
    'redis-cluster://a,', 'redis-cluster://,a', 'redis-cluster://a;b', 'redis-sentinel://m@',
  ],
  // biome-ignore format: a line for each kind
  [noPassword]: [
    'redis://ada@a', 'redis://ada:@a', 'redis://@a', 'redis://a:b:c@a', 'redis://a@b:c@a',
    'redis-sentinel://ada@name@a',
  ],
  'has a password that is not percent-encoded: write %25 for a %': ['redis://:100%@a'],
  'names several hosts: use redis-cluster:// or redis-sentinel://': ['redis://a,b'],
  'names a database, and a Redis Cluster has only the one': ['redis-cluster://a/1'],
  'asks for TLS, which is for redis: and redis-cluster: alone': ['rediss-sentinel://m@a'],
  'must name the master before its sentinels: redis-sentinel://name@host': [
    'redis-sentinel://a',
    'redis-sentinel://@a',
    'redis-sentinel://ada:secret@a',
  ],
}

for (const [problem, urls] of Object.entries(refused)) {
  t.test(problem, async (t) => {
    for (const url of urls)
      t.test(JSON.stringify(url), async (t) => t.equal(messageOf(parseStoreUrl, url), problem))
  })
}

t.test('no message holds any part of the URL: it may be the password', async (t) => {
  for (const url of ['redis://ada:hunter2@a:x', 'redis://hunter2@a', 'redis://:hunter2%@a'])
    t.notMatch(messageOf(parseStoreUrl, url), 'hunter2')
})
