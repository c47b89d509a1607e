import t from 'tap'
import { inNewEpoch } from '../../../../example/accounts/user.ts'
import { HashingBusy } from '../../../../example/password/hash.ts'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import { decode } from '../../../../example/token/decode.ts'
import {
  call,
  member,
  outdatedHash,
  PASSWORD,
  signIn,
  signUp,
  testAccounts,
} from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'

const line = 'POST /signin'
const good = { username: 'ada', password: PASSWORD }

async function ada(environment: Record<string, string> = {}) {
  const server = await testAccounts({ environment })
  await signUp(server, 'Ada')
  return server
}

t.test('a pair of tokens: a quarter of an hour, and a week', async (t) => {
  const server = await ada()
  const res = await call(server, line, { body: good })
  t.equal(res.status, 200)
  const { access_token, refresh_token, ...rest } = JSON.parse(res.body)
  t.strictSame(rest, { token_type: 'Bearer', expires_in: 900 })
  const access = decode(access_token)
  const { sid, jti, ...claims } = { ...access.claims }
  t.strictSame(claims, {
    iss: 'learn-json-web-tokens/accounts',
    sub: 'ada',
    aud: 'learn-json-web-tokens/accounts/access',
    iat: NOW,
    exp: NOW + 900,
    username: 'Ada',
    roles: ['CLIENT'],
  })
  t.strictSame(access.header, { alg: 'HS256', typ: 'at+jwt', kid: 'accounts-1' })
  const refresh = decode(refresh_token)
  t.hasStrict(refresh, { header: { typ: 'refresh+jwt' }, claims: { sid, exp: NOW + 604_800 } })
  t.not(refresh.claims?.jti, jti)
})

t.test('unknown, wrong and switched off are one answer', async (t) => {
  const server = await ada()
  await signUp(server, 'off')
  await server.users.change('off', (user) => ({ ...user, enabled: false }))
  const answers = new Set<string>()
  for (const body of [
    { ...good, username: 'nobody' },
    { ...good, username: 'no body' },
    { ...good, password: `${PASSWORD} ` },
    { ...good, username: 'off' },
    { username: 'ada' },
    {},
  ]) {
    const { status, headers, body: text } = await call(server, line, { body })
    answers.add(JSON.stringify({ status, headers, text }))
  }
  t.equal(answers.size, 1)
  t.match([...answers][0], /"status":401.*Wrong user name or password/)
})

t.test('a record that cannot be read is nobody', async (t) => {
  const server = await ada()
  await server.store.insert({ kind: 'user', owner: 'all', id: 'bad' }, '{}')
  t.equal((await call(server, line, { body: { ...good, username: 'bad' } })).status, 401)
})

t.test('a store that does not answer is no wrong password', async (t) => {
  const server = await ada()
  server.store.get = () => Promise.reject(new StoreUnavailable('read'))
  t.equal((await call(server, line, { body: good })).status, 503)
  await server.store.close()
  t.equal((await call(server, line, { body: good })).status, 503)
})

t.test('a hundred guesses: ten are looked at, for the account and for the address', async (t) => {
  const server = await ada({ REQUESTS_PER_SECOND: '1000' })
  const guess = (n: number, remoteAddress: string) =>
    call(server, line, { body: { ...good, password: `guess number ${n}` }, remoteAddress })
  const spread = await Promise.all(
    Array.from({ length: 100 }, (_, n) => guess(n, `192.0.2.${n + 10}`)),
  )
  t.equal(spread.filter(({ status }) => status === 401).length, 10)
  const refused = spread.find(({ status }) => status === 429)
  t.hasStrict(refused, { headers: { 'retry-after': '40' } }, 'until the minute is over')
  t.equal((await call(server, line, { body: good })).status, 429, 'the right one, too')
  server.clock.now += 40
  t.equal((await call(server, line, { body: good })).status, 200, 'and then it is let in')
})

t.test('guesses from elsewhere keep nobody out who is signed in here', async (t) => {
  const server = await ada({ FAILED_SIGN_INS_PER_MINUTE: '2' })
  await signIn(server)
  for (let n = 0; n < 3; n += 1)
    await call(server, line, {
      body: { ...good, password: 'wrong' },
      remoteAddress: '198.51.100.1',
    })
  t.equal((await call(server, line, { body: good, remoteAddress: '203.0.113.9' })).status, 429)
  t.equal((await call(server, line, { body: good })).status, 200)
})

t.test('how long to wait is said in seconds, down to one', async (t) => {
  const server = await ada({ FAILED_SIGN_INS_PER_MINUTE: '1' })
  await call(server, line, { body: { ...good, password: 'wrong' } })
  server.clock.now += 39
  const res = await call(server, line, { body: good })
  t.match(JSON.parse(res.body).error_description, /Try again in 1 second$/)
})

t.test('right sign-ins use no attempts up', async (t) => {
  const server = await ada({ FAILED_SIGN_INS_PER_MINUTE: '2' })
  for (let n = 0; n < 3; n += 1) t.equal((await call(server, line, { body: good })).status, 200)
})

t.test('one address signs in so many times a minute', async (t) => {
  const server = await ada({ SIGN_INS_PER_MINUTE: '1' })
  await call(server, line, { body: good })
  server.passwords.verify = async () => t.fail('a hash is computed')
  t.equal((await call(server, line, { body: good })).status, 429)
})

t.test('a hash with older figures is made anew, and the next sign-in finds it', async (t) => {
  const server = await ada()
  const old = outdatedHash(PASSWORD)
  await server.users.change('ada', (user) => ({ ...user, hash: old }))
  t.equal((await call(server, line, { body: good })).status, 200)
  t.match((await server.users.find('ada'))?.hash, /m=19456,t=2,p=1/)
  t.equal((await call(server, line, { body: good })).status, 200)
})

t.test('but not over a password that was changed meanwhile', async (t) => {
  const server = await ada()
  const old = outdatedHash(PASSWORD)
  const changed = await server.passwords.hash('battery-horse-staple')
  await server.users.change('ada', (user) => ({ ...user, hash: old }))
  const { change } = server.users
  server.users.change = async (id, how) => {
    await change.call(server.users, id, (user) => ({ ...user, hash: changed }))
    return await change.call(server.users, id, how)
  }
  await call(server, line, { body: good })
  t.equal((await server.users.find('ada'))?.hash, changed)
})

t.test('and whoever signs in with the old one meanwhile is signed in nowhere', async (t) => {
  const server = await ada()
  const old = outdatedHash(PASSWORD)
  await server.users.change('ada', (user) => ({ ...user, hash: old }))
  const changed = await server.passwords.hash('battery-horse-staple')
  const { passwords, users } = server
  const anew = passwords.hash
  passwords.hash = async (password) => {
    await users.change('ada', (user) => ({ ...inNewEpoch(user), hash: changed }))
    return await anew(password)
  }
  const { access_token: token } = await signIn(server)
  t.equal((await call(server, 'GET /welcome', { token })).status, 401)
})

t.test('a device says what it is called, or its user agent does', async (t) => {
  const server = await ada()
  const { access_token: token } = await signIn(server)
  await call(server, line, { body: { ...good, device: 'My phone' } })
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  await call(server, line, { body: good, headers: { 'user-agent': firefox } })
  const { sessions } = JSON.parse((await call(server, 'GET /sessions', { token })).body)
  t.strictSame(
    new Set(sessions.map(({ device }: { device: string }) => device)),
    new Set(['Unknown device', 'My phone', 'Firefox on Linux']),
  )
})

t.test('an eleventh device ends the oldest', async (t) => {
  const server = await ada()
  const { access_token: oldest } = await signIn(server)
  for (let n = 0; n < 9; n += 1) {
    server.clock.now += 1
    await member(server)
  }
  t.equal((await call(server, 'GET /welcome', { token: oldest })).status, 200)
  server.clock.now += 1
  await signIn(server)
  t.equal((await call(server, 'GET /welcome', { token: oldest })).status, 401)
})

t.test(
  'more sign-ins at once than hashing has room for: 503, and nobody is signed in',
  async (t) => {
    const server = await ada()
    server.passwords.verify = () => Promise.reject(new HashingBusy())
    const res = await call(server, line, { body: good })
    t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' } })
    t.strictSame(await server.families.allOf('ada'), [])
  },
)

t.test('a browser gets one cookie and no token in the page', async (t) => {
  const server = await ada()
  const res = await call(server, line, { body: good, headers: { accept: 'text/html' } })
  t.hasStrict(res, { status: 303, headers: { location: '/sessions' } })
  t.notMatch(res.body, /eyJ/)
  const wrong = { body: { ...good, password: 'wrong' }, headers: { accept: 'text/html' } }
  const form = await call(server, line, wrong)
  t.equal(form.status, 401)
  t.match(form.body, />Wrong user name or password\.</)
  t.match((await call(server, 'GET /signin')).body, /<h1>Sign in<\/h1>/)
})

t.test('another site signs nobody in here', async (t) => {
  const server = await ada()
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  t.equal((await call(server, line, { body: good, headers })).status, 403)
})

t.test('scripts of an allowed origin sign in as programs do, and not as browsers', async (t) => {
  const origin = 'https://app.example'
  const server = await ada({ ALLOWED_ORIGINS: origin })
  const headers = { origin, 'sec-fetch-site': 'cross-site' }
  const res = await call(server, line, { body: good, headers })
  t.hasStrict(res, { status: 200, headers: { 'access-control-allow-origin': origin } })
  t.notOk('access-control-allow-credentials' in res.headers)
  const asBrowser = { ...headers, accept: 'text/html' }
  t.equal((await call(server, line, { body: good, headers: asBrowser })).status, 403)
})
