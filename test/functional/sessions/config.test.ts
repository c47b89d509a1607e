import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Config, readConfig } from '../../../example/sessions/config.ts'
import { SECRET } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { configProblems } from '../../support/refusal.ts'

const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests' }
const good = { JWT_SECRET: SECRET, STORE_URL: 'memory:', ...account }

const problemsOf = (given: Record<string, string | undefined>) => configProblems(readConfig, given)

t.test('with nothing set but a secret: every default', async (t) => {
  t.same(readConfig({ JWT_SECRET: SECRET }), {
    production: false,
    teaching: true,
    host: '127.0.0.1',
    port: 1337,
    publicOrigin: undefined,
    forwardedHost: undefined,
    storeUrl: { engine: 'level', folder: './data' },
    redis: { connectMilliseconds: 2000, commandMilliseconds: 500, waitReplicas: 0 },
    workers: 1,
    secret: SECRET,
    sessionLifetimeSeconds: 604_800,
    account: { username: 'masterbuilder', password: 'itsnosecret' },
    logLevel: 'info',
    maxBodyBytes: 16_384,
    requestsPerSecond: 1000,
    failedSignInsPerMinute: 10,
    signInsPerMinute: 100,
    trustedProxies: 0,
    sessionsPerUser: 100,
    limits: {
      maxHeaderBytes: 16_384,
      maxConnections: 1000,
      headersTimeoutSeconds: 10,
      requestTimeoutSeconds: 20,
      keepAliveSeconds: 5,
      graceMilliseconds: 100,
      stopSeconds: 10,
    },
  })
})

t.test('an empty one in the environment does not hide what the file says', async (t) => {
  const file = { NODE_ENV: 'production', DEMO_USER: 'ada', DEMO_PASSWORD: 'correct-horse-battery' }
  const config = readConfig({ NODE_ENV: '', DEMO_USER: '' }, { ...file, JWT_SECRET: SECRET })
  t.hasStrict(config, { production: true, teaching: false, account: { username: 'ada' } })
})

const settings: Array<
  [name: string, value: string, read: (config: Config) => unknown, is: unknown]
> = [
  ['SESSION_LIFETIME', '1h30m', (c) => c.sessionLifetimeSeconds, 5400],
  ['SESSION_LIFETIME', '365d', (c) => c.sessionLifetimeSeconds, 31_536_000],
  ['DEMO_USER', 'ada@example.org', ({ account }) => account.username, 'ada@example.org'],
  ['DEMO_PASSWORD', 'пароль', ({ account }) => account.password, 'пароль'],
  ['FAILED_SIGN_INS_PER_MINUTE', '1', (c) => c.failedSignInsPerMinute, 1],
]
t.test('every setting of its own is read', async (t) => {
  for (const [name, value, read, is] of settings) {
    t.test(`${name}=${value}: ${is}`, async (t) => {
      t.equal(read(readConfig({ ...good, [name]: value })), is)
    })
  }
})

const wholeNumber = 'must be a whole number'
const duration = 'must be a duration such as 90s, 10m, 1h30m or 7d'
const bad: Array<[name: string, values: string[], problem: string]> = [
  ['SESSION_LIFETIME', ['0s', '7', '-1d', '1w', '1d1d', 'always'], duration],
  ['SESSION_LIFETIME', ['366d'], 'must be 365d or less'],
  [
    'DEMO_USER',
    ['a b', 'a:b', 'ада', 'x'.repeat(129)],
    'must be 1 to 128 letters, digits or ._@+-',
  ],
  ['FAILED_SIGN_INS_PER_MINUTE', ['0'], 'must be 1 or more'],
  ['JWT_SECRET', ['x'], 'is 1 bytes long: use 32 or more'],
]
t.test('what cannot be used is refused by name', async (t) => {
  for (const [name, values, problem] of bad) {
    for (const value of values) {
      t.test(`${name}=${value.slice(0, 20)}: ${problem}`, async (t) => {
        t.same(problemsOf({ ...good, [name]: value }), [`${name}: ${problem}`])
      })
    }
  }
})

t.test('a misspelled setting is refused, and not passed over', async (t) => {
  const secret = 'of which nothing is said'
  t.same(problemsOf({ ...good, JWT_SECRT: secret }), ['JWT_SECRT: is no setting; JWT_SECRET is'])
  t.same(problemsOf({ ...good, HOME: '/', SHLVL: '1' }), [])
})

t.test('without a secret while teaching', async (t) => {
  t.test('one is made once, beside the data', async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    const { secret } = readConfig({ STORE_URL: `level:${folder}` })
    t.equal(readFileSync(join(folder, 'secret'), 'utf8').trim(), secret)
    t.equal(readConfig({ STORE_URL: `level:${folder}` }).secret, secret)
  })

  t.test('one is made for as long as the memory lasts', async (t) => {
    const first = readConfig({ STORE_URL: 'memory:' }).secret
    t.match(first, /^[\w-]{43}$/)
    t.not(readConfig({ STORE_URL: 'memory:' }).secret, first)
  })

  t.test('servers on one Redis that are started in one folder share one', async (t) => {
    const before = process.cwd()
    t.teardown(() => process.chdir(before))
    process.chdir(temporaryFolder(t))
    const { secret } = readConfig({ STORE_URL: 'redis://a' })
    t.equal(readFileSync('data/secret', 'utf8').trim(), secret)
    t.equal(readConfig({ STORE_URL: 'redis-cluster://b' }).secret, secret)
  })

  t.test('none is made where something else is wrong', async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    t.same(problemsOf({ STORE_URL: `level:${folder}`, PORT: 'x' }), [`PORT: ${wholeNumber}`])
    t.equal(existsSync(folder), false)
  })
})
