import t from 'tap'
import { decode } from '../../../../example/token/decode.ts'
import { call, refresh, signIn, signUp, testAccounts } from '../../../support/accounts.ts'

async function ada(environment: Record<string, string> = {}) {
  const server = await testAccounts({ environment })
  await signUp(server)
  return { server, ...(await signIn(server)) }
}
const line = 'POST /refresh'

t.test('the token comes in the header or in the body, and not in both', async (t) => {
  const { server, refresh_token } = await ada()
  const inBody = await call(server, line, { body: { refresh_token } })
  t.equal(inBody.status, 200)
  const { refresh_token: second } = JSON.parse(inBody.body)
  t.equal((await call(server, line, { token: second })).status, 200)
  const both = await call(server, line, { token: second, body: { refresh_token: second } })
  t.equal(both.status, 400)
})

t.test('no token, a malformed one and every other kind: 401', async (t) => {
  const { server, access_token } = await ada()
  const answers = new Set<string>()
  for (const parts of [
    { token: access_token },
    { token: 'no.token' },
    { headers: { authorization: 'Bearer a,b' } },
    { body: { refresh_token: 'x' } },
  ]) {
    const { status, headers, body } = await call(server, line, parts)
    answers.add(JSON.stringify({ status, headers, body }))
  }
  t.equal(answers.size, 1)
  t.match([...answers][0], /"status":401.*invalid_token/)
  t.equal((await call(server, line)).headers['www-authenticate'], 'Bearer')
})

t.test('nothing grows at a refresh: more than the token is refused', async (t) => {
  const { server, refresh_token } = await ada()
  const body = { refresh_token, roles: ['ADMIN'] }
  t.equal((await call(server, line, { body })).status, 400)
})

t.test('POST alone', async (t) => {
  const { server, refresh_token } = await ada()
  t.hasStrict(await call(server, 'GET /refresh', { token: refresh_token }), {
    status: 405,
    headers: { allow: 'POST' },
  })
})

t.test('one address refreshes so many times a minute', async (t) => {
  const { server, refresh_token } = await ada({ REFRESHES_PER_MINUTE: '1' })
  t.equal((await refresh(server, refresh_token)).status, 200)
  t.equal((await refresh(server, refresh_token)).status, 429)
})

t.test('the end of a family is not moved by any refresh', async (t) => {
  const { server, refresh_token } = await ada({ SESSION_MAX_LIFETIME: '10d' })
  const start = server.clock.now
  server.clock.now = start + 6 * 86_400
  const second = await refresh(server, refresh_token)
  t.equal(decode(second.refresh_token).claims?.exp, start + 10 * 86_400, 'no token outlives it')
  server.clock.now = start + 10 * 86_400 - 1
  const last = await refresh(server, second.refresh_token)
  t.hasStrict(last, { status: 200, expires_in: 1 })
  server.clock.now += 1
  t.equal((await refresh(server, last.refresh_token)).status, 401)
})

t.test('a device that is idle for a week is signed out', async (t) => {
  const { server, refresh_token } = await ada()
  server.clock.now += 7 * 86_400
  t.equal((await refresh(server, refresh_token)).status, 401)
})

t.test('noRefresh: a new access token, and the refresh token stays', async (t) => {
  const { server, refresh_token, access_token } = await ada({ REFRESH_POLICY: 'noRefresh' })
  server.clock.now += 86_400
  const again = await refresh(server, refresh_token)
  t.equal(again.refresh_token, refresh_token)
  t.not(again.access_token, access_token)
})

t.test('refreshOnExpire: a new one when less than three tenths are left', async (t) => {
  const { server, refresh_token } = await ada({ REFRESH_POLICY: 'refreshOnExpire' })
  server.clock.now += 4 * 86_400
  t.equal((await refresh(server, refresh_token)).refresh_token, refresh_token)
  server.clock.now += 86_400
  t.not((await refresh(server, refresh_token)).refresh_token, refresh_token)
})

t.test('a user who is gone, switched off or in another epoch refreshes nothing', async (t) => {
  for (const change of [{ epoch: 'another' }, { enabled: false }]) {
    const { server, refresh_token } = await ada()
    await server.users.change('ada', (user) => ({ ...user, ...change }))
    t.equal((await refresh(server, refresh_token)).status, 401)
  }
  const { server, refresh_token } = await ada()
  await server.users.remove('ada')
  t.equal((await refresh(server, refresh_token)).status, 401)
})

t.test('a damaged record refreshes nothing, and a store that is down cannot say', async (t) => {
  const { server, refresh_token } = await ada()
  const { sid } = { ...decode(refresh_token).claims }
  const key = { kind: 'family', owner: 'ada', id: String(sid) }
  const text = (await server.store.get(key)) ?? ''
  await server.store.replace(key, text, '{}')
  t.equal((await refresh(server, refresh_token)).status, 401)
  await server.store.close()
  t.equal((await call(server, line, { token: refresh_token })).status, 503)
})
