// S14, S107, S103: guessing is counted per address, and an address is what the socket says, or a proxy of ours.
import t from 'tap'
import type { Handler } from '../../example/http/types.ts'
import { credentialsOf } from '../../example/sessions/credentials.ts'
import { formType, signInForm, testApp } from '../support/fixtures.ts'
import { ask, type MockResponse } from '../support/mock-http.ts'
import { stoppedTime } from '../support/time.ts'

const environment = { FAILED_SIGN_INS_PER_MINUTE: '3' }
const wrongForm = 'username=masterbuilder&password=wrong'

function signIn(
  app: Handler,
  body: string,
  { remoteAddress = '192.0.2.1', headers = {} } = {},
): Promise<MockResponse> {
  const request = { method: 'POST', url: '/auth', headers: { ...formType, ...headers }, body }
  return ask(app, { ...request, remoteAddress })
}

async function statuses(answers: Array<Promise<MockResponse>>): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status)
}

t.test('after three wrong ones no further guess is looked at, right or wrong', async (t) => {
  const { app } = await testApp({ environment })
  for (let guess = 0; guess < 3; guess += 1) t.equal((await signIn(app, wrongForm)).status, 401)
  const refused = await signIn(app, wrongForm)
  t.equal(refused.status, 429)
  t.match(refused.headers['retry-after'], /^(?:[1-9]|[1-5]\d|60)$/, 'seconds, a minute at most')
  t.strictSame((await signIn(app, signInForm)).status, 429)
})

t.test('when the minute is over the right password works again', async (t) => {
  const time = stoppedTime(t)
  const { app } = await testApp({ environment })
  for (let guess = 0; guess < 4; guess += 1) await signIn(app, wrongForm)
  time.tick(59_000)
  const early = await signIn(app, signInForm)
  t.equal(early.status, 429)
  t.equal(early.headers['retry-after'], '1')
  time.tick(1001)
  t.equal((await signIn(app, signInForm)).status, 200, 'nobody is locked out for good')
})

t.test('ten guesses at the same moment are ten guesses', async (t) => {
  const { app } = await testApp({ environment })
  const answers = await statuses(Array.from({ length: 10 }, () => signIn(app, wrongForm)))
  t.equal(answers.filter((status) => status === 401).length, 3)
  t.equal(answers.filter((status) => status === 429).length, 7)
})

t.test('a success costs nothing: people who know their password are not counted', async (t) => {
  const { app } = await testApp({ environment })
  for (let time = 0; time < 10; time += 1) t.equal((await signIn(app, signInForm)).status, 200)
})

t.test('another address is not slowed down', async (t) => {
  const { app } = await testApp({ environment })
  for (let guess = 0; guess < 4; guess += 1) await signIn(app, wrongForm)
  t.equal((await signIn(app, signInForm, { remoteAddress: '192.0.2.2' })).status, 200)
})

const disguises = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'client-ip', 'user-agent', 'cookie']

t.test('no header makes another address', async (t) => {
  for (const name of disguises) {
    const { app, events } = await testApp({ environment })
    for (let guess = 0; guess < 3; guess += 1)
      await signIn(app, wrongForm, { headers: { [name]: `198.51.100.${guess}` } })
    const res = await signIn(app, wrongForm, { headers: { [name]: '198.51.100.9' } })
    t.equal(res.status, 429, name)
    t.ok(
      events.every(({ fields }) => fields.address === '192.0.2.1'),
      'the log keeps the address of the socket',
    )
  }
})

t.test(
  'behind one proxy of ours each visitor has a count, and what a client claims makes none',
  async (t) => {
    const { app, events } = await testApp({ environment: { ...environment, TRUSTED_PROXIES: '1' } })
    const from = (forwarded: string, body = wrongForm) =>
      signIn(app, body, { headers: { 'x-forwarded-for': forwarded } })
    for (let guess = 0; guess < 3; guess += 1) await from(`203.0.113.${guess}, 198.51.100.1`)
    t.equal((await from('203.0.113.9, 198.51.100.1')).status, 429)
    t.ok(events.every(({ fields }) => fields.address === '198.51.100.1'))
    t.equal((await from('198.51.100.2', signInForm)).status, 200)
  },
)

t.test('whoever has a /64 of IPv6 has one count', async (t) => {
  const { app } = await testApp({ environment })
  const from = (remoteAddress: string) => signIn(app, wrongForm, { remoteAddress })
  for (let guess = 1; guess <= 3; guess += 1) await from(`2001:db8:1:2::${guess}`)
  t.equal((await from('2001:db8:1:2:ffff:ffff:ffff:ffff')).status, 429)
  t.equal((await from('2001:db8:1:3::1')).status, 401)
})

t.test('requests of every kind have a limit per address, too', async (t) => {
  const time = stoppedTime(t)
  const { app } = await testApp({ environment: { REQUESTS_PER_SECOND: '5' } })
  const get = (url: string, remoteAddress = '192.0.2.1') =>
    ask(app, { url, remoteAddress, headers: { 'x-forwarded-for': url } })
  const urls = ['/', '/home', '/private', '/nowhere', '/style.css']
  for (const url of urls) t.not((await get(url)).status, 429)
  const sixth = await get('/')
  t.equal(sixth.status, 429)
  t.equal(sixth.headers['retry-after'], '1')
  t.equal(
    sixth.body,
    'Cannot answer: too many requests came from your address. Try again in 1 second\n',
  )
  t.equal((await get('/', '192.0.2.2')).status, 200)
  time.tick(1001)
  t.equal((await get('/')).status, 200, 'when the second is over it is served again')
})

const account = { username: 'ada', password: 'correct horse' }
const wrong: Record<string, unknown> = {
  'nothing in them': { username: '', password: '' },
  'an empty password': { ...account, password: '' },
  'the first letter': { ...account, password: 'c' },
  'the password cut short': { ...account, password: 'correct hors' },
  'a letter more': { ...account, password: 'correct horse!' },
  'a space behind': { ...account, password: 'correct horse ' },
  capitals: { ...account, password: 'CORRECT HORSE' },
  'a NUL behind': { ...account, password: 'correct horse\0' },
  'sixteen thousand letters': { ...account, password: 'a'.repeat(16_000) },
  'the user name of another': { ...account, username: 'eve' },
  'the user name in another case': { ...account, username: 'Ada' },
  'both exchanged': { username: account.password, password: account.username },
  'a list': { ...account, password: ['correct horse'] },
  'an object': { ...account, password: { toString: () => 'correct horse' } },
  true: { ...account, password: true },
  'no password': { username: account.username },
  'no user name': { password: account.password },
  'no members': {},
  null: null,
  undefined: undefined,
}

t.test('credentials of any length and kind are compared without a throw', async (t) => {
  const check = credentialsOf(account)
  t.equal(check({ ...account }), account.username)
  for (const [what, given] of Object.entries(wrong)) t.equal(check(given), undefined, what)
})
