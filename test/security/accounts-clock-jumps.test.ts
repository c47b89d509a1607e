// S59, S122. A clock may be set back or ahead: no family that has ended lives again, and none lasts longer than it was meant to.
import t from 'tap'
import { decode } from '../../example/token/decode.ts'
import { call, member, refresh, testAccounts } from '../support/accounts.ts'
import { NOW } from '../support/fixtures.ts'

const day = 86_400
const seconds = [
  NOW - day,
  NOW,
  NOW + 1,
  NOW + 10,
  NOW + 899,
  NOW + day - 1,
  NOW + day,
  NOW + 99 * day,
]

async function ada() {
  const server = await testAccounts()
  const pair = await member(server)
  return { server, ...pair }
}

type Server = Awaited<ReturnType<typeof ada>>['server']

/** Neither token opens anything, whatever the time is. */
async function dead(t: Tap, server: Server, tokens: { access: string; refresh: string }) {
  for (const second of seconds) {
    server.clock.now = second
    const said = [
      (await call(server, 'GET /welcome', { token: tokens.access })).status,
      (await refresh(server, tokens.refresh)).status,
    ]
    t.strictSame(said, [401, 401], `at ${second - NOW}`)
  }
}

type Tap = Pick<typeof t, 'strictSame'>

t.test('what was signed out stays so in every second, past or to come', async (t) => {
  const { server, access_token: token, refresh_token } = await ada()
  t.equal((await call(server, 'GET /logout', { token })).status, 200)
  await dead(t, server, { access: token, refresh: refresh_token })
})

t.test('a family that ended by a theft does, too', async (t) => {
  const { server, refresh_token } = await ada()
  const second = await refresh(server, refresh_token)
  const third = await refresh(server, second.refresh_token)
  t.equal((await refresh(server, refresh_token)).status, 401)
  await dead(t, server, { access: third.access_token, refresh: third.refresh_token })
})

t.test('and one whose epoch is over', async (t) => {
  const { server, access_token: token, refresh_token } = await ada()
  t.equal((await call(server, 'DELETE /sessions', { token })).status, 200)
  await dead(t, server, { access: token, refresh: refresh_token })
})

t.test('an end that was swept does not come back with an earlier time', async (t) => {
  const { server, access_token: token, refresh_token } = await ada()
  server.clock.now = NOW + day // when it ends
  await server.store.sweep(server.clock.now)
  await dead(t, server, { access: token, refresh: refresh_token })
})

t.test(
  'before the second in which it was issued a token is refused, and then it is good',
  async (t) => {
    const { server, access_token: token, refresh_token } = await ada()
    server.clock.now = NOW - 1
    t.equal((await call(server, 'GET /welcome', { token })).status, 401)
    t.equal((await refresh(server, refresh_token)).status, 401)
    server.clock.now = NOW
    t.equal((await call(server, 'GET /welcome', { token })).status, 200)
    t.equal((await refresh(server, refresh_token)).status, 200, 'and nobody took it for a theft')
  },
)

t.test('set back after a refresh, the clock makes the grace no longer than it is', async (t) => {
  const { server, refresh_token } = await ada()
  server.clock.now = NOW + 5000
  const second = await refresh(server, refresh_token)
  t.equal(second.status, 200)
  server.clock.now = NOW + 4991
  const again = await refresh(server, refresh_token)
  t.equal(again.status, 200, 'two servers may be some seconds apart')
  t.equal(again.refresh_token, second.refresh_token, 'there is one successor, whatever the time')
  server.clock.now = NOW + 4000
  t.equal((await refresh(server, refresh_token)).status, 401, 'a thief gets ten seconds, no hour')
})

t.test('no use while the clock is wrong moves the end of a family', async (t) => {
  const { server, refresh_token } = await ada()
  let token = refresh_token
  for (const second of [NOW + 100, NOW + day - 10, NOW + day - 1]) {
    server.clock.now = second
    const pair = await refresh(server, token)
    t.equal(pair.status, 200)
    token = pair.refresh_token
    for (const text of [token, pair.access_token])
      t.ok(Number(decode(text).claims?.exp) <= NOW + day, 'nothing outlives it')
  }
  server.clock.now = NOW + day
  t.equal((await refresh(server, token)).status, 401)
})
