import t from 'tap'
import { readConfig } from '../../../example/accounts/config.ts'
import { SECRET } from '../../support/fixtures.ts'
import { configProblems } from '../../support/refusal.ts'

const read = (given: Record<string, string>) =>
  readConfig({ JWT_SECRET: SECRET, STORE_URL: 'memory:', ...given })

const problemsOf = (given: Record<string, string>) => configProblems(read, given)

t.test('what holds where nothing is said', async (t) => {
  t.hasStrict(readConfig({ JWT_SECRET: SECRET }), {
    port: 8000,
    storeUrl: { engine: 'level', folder: './data/accounts' },
    accessSeconds: 900,
    refreshSeconds: 604_800,
    sessionSeconds: 2_592_000,
    refreshPolicy: 'refreshBoth',
    graceSeconds: 10,
    windowSeconds: 30,
    sessionsPerUser: 10,
    allowedOrigins: [],
  })
})

t.test('a grace of nothing at all is a choice', async (t) => {
  t.equal(read({ REFRESH_GRACE: '0' }).graceSeconds, 0)
  t.equal(read({ REFRESH_GRACE: '0s' }).graceSeconds, 0)
  t.equal(read({ REFRESH_GRACE: '1m' }).graceSeconds, 60)
})

t.test('origins, with commas between them', async (t) => {
  const origins = ['https://a.example', 'http://localhost:3000']
  t.strictSame(read({ ALLOWED_ORIGINS: origins.join(',') }).allowedOrigins, origins)
})

t.test('what is wrong is said by name', async (t) => {
  const wrong: Record<string, [value: string, problem: string]> = {
    REFRESH_POLICY: ['always', 'must be refreshBoth, refreshOnExpire, noRefresh or window'],
    REFRESH_GRACE: ['10', 'must be 0 or a duration such as 10s'],
    ACCESS_LIFETIME: ['2d', 'must be 1d or less'],
    SESSIONS_PER_USER: ['1', 'must be 2 or more'],
    ALLOWED_ORIGINS: [
      '*',
      'must be origins such as https://app.example.org, with commas between them',
    ],
  }
  for (const [name, [value, problem]] of Object.entries(wrong))
    t.strictSame(problemsOf({ [name]: value }), [`${name}: ${problem}`])
})

t.test('a practice server in memory makes a secret for itself', async (t) => {
  const [one, other] = [readConfig({ STORE_URL: 'memory:' }), readConfig({ STORE_URL: 'memory:' })]
  t.not(one.secret, other.secret)
})

t.test('in production the secret must be given', async (t) => {
  const given = { NODE_ENV: 'production', JWT_SECRET: '' }
  t.strictSame(problemsOf(given), ['JWT_SECRET: must be given in production (NODE_ENV)'])
})
