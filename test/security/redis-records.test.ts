// S118, S123. What Redis holds of a session opens no door, ends with its token, and is not lost to a full memory.
import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { decode } from '../../example/token/decode.ts'
import { signIn, signOut, visit } from '../integration/client.ts'
import { processOn, recordName, serverOn } from '../integration/on-redis.ts'
import { SECRET } from '../support/fixtures.ts'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { tracesOf } from '../support/traces.ts'

const skip = redisMissing()
const password = 'correct-horse-battery'
const account = { username: 'ada', password }

t.test('after a whole story', { skip }, async (t) => {
  const redis = await startRedis(t)
  const server = await serverOn(t, redis, { DEMO_USER: 'ada', DEMO_PASSWORD: password })
  const tokens: string[] = []
  for (let n = 0; n < 3; n += 1) tokens.push(await signIn(server.url, account))
  await t.rejects(signIn(server.url, { ...account, password: 'a-wrong-password' }))
  for (const token of tokens) t.equal(await visit(server.url, token), 200)
  t.equal(await signOut(server.url, String(tokens[0])), 200)
  await fetch(`${server.url}/health`)
  const all = await contentOf(redis)

  t.test('Redis holds the records, their index, and nothing else', async (t) => {
    const names = tokens.map((token) => recordName(token).replace('masterbuilder', 'ada'))
    t.strictSame(
      [...all.keys()].filter((key) => key !== 'health:ping').sort(),
      ['session:{ada}', ...names].sort(),
    )
  })

  t.test('no key and no value is a token, a password, a secret or a hash of one', async (t) => {
    const text = [...all].flat().join('\n')
    t.ok(text.includes('"subject":"ada"'), 'the records are there to be read')
    for (const secret of [...tokens, password, 'a-wrong-password', SECRET])
      for (const trace of tracesOf(secret)) t.notOk(text.includes(trace))
  })

  t.test('each record is forgotten when its token expires, signed out or not', async (t) => {
    for (const token of tokens) {
      const { exp } = decode(token).claims ?? {}
      const name = recordName(token).replace('masterbuilder', 'ada')
      t.equal(await redis.command('EXPIRETIME', name), exp)
    }
    const last = Math.max(...tokens.map((token) => Number(decode(token).claims?.exp)))
    t.equal(await redis.command('EXPIRETIME', 'session:{ada}'), last, 'and the index with the last')
    const eternal: string[] = []
    for (const key of all.keys())
      if (Number(await redis.command('TTL', key)) === -1) eternal.push(key)
    t.strictSame(eternal, [], 'nothing is kept forever')
  })
})

t.test('compose.yml starts a Redis that keeps what it was told', async (t) => {
  const file = new URL('../../compose.yml', import.meta.url)
  const { command } = parse(readFileSync(file, 'utf8')).services.redis
  for (const flag of [
    '--appendonly yes',
    '--appendfsync always',
    '--maxmemory-policy noeviction',
    '--requirepass "$$REDIS_PASSWORD"',
  ])
    t.ok(command.split(/\s+/).join(' ').includes(flag), flag)
})

const durable = ['--appendonly', 'yes', '--appendfsync', 'always']
const warnings = [
  /STORE_URL has no password, and Redis is on another machine/,
  /Redis forgets records when its memory is full \(allkeys-lru\)/,
  /after a crash records may say again what they said before/,
]
const production = { NODE_ENV: 'production', DEMO_USER: 'ada', DEMO_PASSWORD: password }

t.test('a Redis that would lose or leak records: a line for each reason', { skip }, async (t) => {
  const redis = await startRedis(t, { args: ['--maxmemory-policy', 'allkeys-lru'] })
  const url = `redis://0.0.0.0:${redis.port}` // this machine, by a name that does not say so

  t.test('from one of two workers', async (t) => {
    const server = await processOn(t, { url }, { WORKERS: '2', ...production })
    const lines = linesBeforeReady(server.output())
    for (const [n, warning] of warnings.entries()) t.match(lines[n], warning)
    t.equal(lines.length, warnings.length)
    for (const line of lines) t.equal(JSON.parse(line).level, 'warn')
  })

  t.test('in a log for people', async (t) => {
    const lines = (await serverOn(t, { url })).output().trim().split('\n')
    for (const [n, warning] of warnings.entries()) t.match(lines[n], warning)
    t.equal(lines.length, warnings.length)
  })
})

t.test('a Redis that keeps what it was told: no warning', { skip }, async (t) => {
  const server = await serverOn(t, await startRedis(t, { args: durable }))
  t.equal(server.output(), '')
})

function linesBeforeReady(output: string): string[] {
  return output
    .slice(0, output.indexOf('Ready at'))
    .split('\n')
    .filter((line) => line !== '')
}

/** Every key with its value; of an index, its members and their scores. */
async function contentOf(redis: RedisServer): Promise<Map<string, string>> {
  const keys = (await redis.command('KEYS', '*')) as string[]
  const read = async (key: string) =>
    (await redis.command('TYPE', key)) === 'zset'
      ? await redis.command('ZRANGE', key, '0', '-1', 'WITHSCORES')
      : await redis.command('GET', key)
  return new Map(await Promise.all(keys.map(async (key) => [key, `${await read(key)}`] as const)))
}
