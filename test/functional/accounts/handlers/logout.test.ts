import t from 'tap'
import { decode } from '../../../../example/token/decode.ts'
import { call, member, refresh, testAccounts } from '../../../support/accounts.ts'

async function ada() {
  const server = await testAccounts()
  const { page, ...pair } = await member(server)
  return { server, ...pair, cookie: `accounts=${page}` }
}

t.test('a sign-out ends the device: its access and its refresh tokens, at once', async (t) => {
  const { server, access_token: token, refresh_token } = await ada()
  const other = await member(server)
  const res = await call(server, 'POST /logout', { token })
  t.hasStrict(res, { status: 200, body: '{"logged_out":true}' })
  t.equal((await call(server, 'GET /welcome', { token })).status, 401)
  t.equal((await refresh(server, refresh_token)).status, 401)
  t.equal((await call(server, 'GET /welcome', { token: other.access_token })).status, 200)
})

t.test('twice is the same answer, and one line in the log', async (t) => {
  const { server, access_token: token } = await ada()
  const first = await call(server, 'POST /logout', { token })
  t.strictSame(await call(server, 'POST /logout', { token }), first)
  t.equal(server.events.filter(({ event }) => event === 'signed out').length, 1)
})

t.test('GET with the header, as the older tutorial did', async (t) => {
  const { server, access_token: token } = await ada()
  t.equal((await call(server, 'GET /logout', { token })).status, 200)
  t.equal((await call(server, 'GET /welcome', { token })).status, 401)
})

t.test('a link signs nobody out: GET without the header is 405, HEAD always', async (t) => {
  const { server, access_token: token, cookie } = await ada()
  const headers = { cookie }
  t.hasStrict(await call(server, 'GET /logout', { headers }), {
    status: 405,
    headers: { allow: 'POST' },
  })
  t.equal((await call(server, 'HEAD /logout', { token })).status, 405)
})

t.test('the refresh token signs out, too, when the access token has expired', async (t) => {
  const { server, refresh_token } = await ada()
  server.clock.now += 3600
  t.equal((await call(server, 'POST /logout', { body: { refresh_token } })).status, 200)
  t.equal((await refresh(server, refresh_token)).status, 401)
})

t.test(
  'a browser loses its cookie and its other data, and is told that it is signed out',
  async (t) => {
    const { server, cookie } = await ada()
    const headers = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' }
    t.hasStrict(await call(server, 'POST /logout', { headers }), {
      status: 303,
      headers: {
        location: '/signed-out',
        'set-cookie': 'accounts=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
        'clear-site-data': '"cache", "storage"',
      },
    })
    t.equal((await call(server, 'GET /sessions', { headers })).status, 401)
    const told = await call(server, 'GET /signed-out?message=Forged', { headers })
    t.match(told.body, /<h1>You are signed out<.*Sign in again</s)
    t.notMatch(told.body, /Forged|Signed in as/)
  },
)

t.test('who is signed in is not told otherwise', async (t) => {
  const { server, access_token: token } = await ada()
  const res = await call(server, 'GET /signed-out', { token })
  t.hasStrict(res, { status: 303, headers: { location: '/' } })
})

t.test('another site signs nobody out', async (t) => {
  const { server, cookie } = await ada()
  const headers = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  t.equal((await call(server, 'POST /logout', { headers })).status, 403)
})

t.test('nor does an allowed origin, where the cookie of a browser comes along', async (t) => {
  const origin = 'https://app.example'
  const server = await testAccounts({ environment: { ALLOWED_ORIGINS: origin } })
  const { page } = await member(server)
  const headers = { cookie: `accounts=${page}`, origin, 'sec-fetch-site': 'cross-site' }
  t.equal((await call(server, 'POST /logout', { headers })).status, 403)
})

t.test('without a token, with a forged one, with another kind: 401', async (t) => {
  const { server, access_token, refresh_token } = await ada()
  for (const parts of [
    {},
    { token: `${access_token}x` },
    { token: refresh_token },
    { body: { refresh_token: access_token } },
    { headers: { cookie: `accounts=${access_token}` } },
  ])
    t.equal((await call(server, 'POST /logout', parts)).status, 401)
  t.equal((await call(server, 'GET /welcome', { token: access_token })).status, 200)
})

t.test('a damaged record is refused, and a store that is down cannot say', async (t) => {
  const { server, access_token: token } = await ada()
  const key = { kind: 'family', owner: 'ada', id: String(decode(token).claims?.sid) }
  await server.store.replace(key, (await server.store.get(key)) ?? '', '{}')
  t.equal((await call(server, 'POST /logout', { token })).status, 401)
  await server.store.close()
  t.equal((await call(server, 'POST /logout', { token })).status, 503)
})
