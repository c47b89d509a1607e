import t from 'tap'
import { welcome } from '../../../example/sessions/welcome.ts'
import { testConfig } from '../../support/fixtures.ts'

const say = (environment: Record<string, string>, port = 1337) =>
  welcome(testConfig(environment), port)

const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests, and for nothing else' }

t.test('while teaching: the address, the account and three things to try', async (t) => {
  t.equal(
    say({ STORE_URL: 'level:./data' }),
    `Ready at http://localhost:1337

  1. Open the page and sign in as masterbuilder with the password itsnosecret.
  2. Look at your token and every check it passes: http://localhost:1337/inspect
  3. Copy it, sign out, and paste it there: its signature holds, and it is refused.
  4. Build it yourself, lesson by lesson, in a second terminal: npm run learn

Stop with Ctrl-C: you will still be signed in after the next start.
`,
  )
})

t.test('a password of your own is not printed', async (t) => {
  const text = say(account)
  t.match(text, /sign in as ada\.$/m)
  t.notMatch(text, /phrase/)
})

t.test('in memory nobody is promised to be still signed in', async (t) => {
  const text = say({ STORE_URL: 'memory:' })
  t.match(text, /^Stop with Ctrl-C: all sessions end with it, since they are kept in memory\.$/m)
})

t.test('the port is the one that was taken, not the one that was asked for', async (t) => {
  t.match(say({ PORT: '0' }, 49152), /^Ready at http:\/\/localhost:49152\n/)
})

t.test('of many processes it says how many', async (t) => {
  const text = say({ STORE_URL: 'redis://127.0.0.1', WORKERS: '4' })
  t.match(text, /^Ready at http:\/\/localhost:1337, with 4 processes\n/)
})

const outside: Array<[what: string, environment: Record<string, string>, address: string]> = [
  ['in production', { NODE_ENV: 'production' }, 'http://127.0.0.1:1337'],
  [
    'behind a proxy',
    { HOST: '0.0.0.0', NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://jwt.example' },
    'https://jwt.example',
  ],
  [
    'in a container, for this machine',
    { HOST: '0.0.0.0', NODE_ENV: 'production', PUBLIC_ORIGIN: 'http://localhost:1337' },
    'http://localhost:1337',
  ],
]
for (const [what, environment, address] of outside)
  t.test(`outside teaching mode: one line and nothing else, ${what}`, async (t) => {
    t.equal(say({ ...account, ...environment }), `Ready at ${address}\n`)
  })

const overPlainHttp: Array<[what: string, environment: Record<string, string>, address: string]> = [
  ['on every address', { HOST: '0.0.0.0' }, 'http://0.0.0.0:1337'],
  ['on an IPv6 address', { HOST: '::' }, 'http://[::]:1337'],
  ['under a name', { PUBLIC_ORIGIN: 'http://jwt.example' }, 'http://jwt.example'],
]
for (const [what, environment, address] of overPlainHttp)
  t.test(`where browsers would drop the cookie, that is said: ${what}`, async (t) => {
    const lines = say({ ...account, ...environment }).split('\n')
    t.equal(lines[0], `Ready at ${address}`)
    t.match(lines[1], /^Browsers keep the session cookie over https alone, or on localhost\./)
  })
