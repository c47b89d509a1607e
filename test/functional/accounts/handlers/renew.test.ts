// REFRESH_POLICY=window: the system of the older tutorial, which is there only when it is asked for.
import t from 'tap'
import { decode } from '../../../../example/token/decode.ts'
import { call, member, signIn, signUp, testAccounts } from '../../../support/accounts.ts'

async function ada() {
  const server = await testAccounts({ environment: { REFRESH_POLICY: 'window' } })
  await signUp(server)
  const signedIn = await signIn(server)
  return { server, signedIn, token: signedIn.access_token }
}
const line = 'GET /refresh'

t.test('a sign-in brings no refresh token, and none is taken', async (t) => {
  const { server, signedIn, token } = await ada()
  t.strictSame(Object.keys(signedIn), ['access_token', 'token_type', 'expires_in'])
  t.equal((await call(server, 'POST /refresh', { token })).status, 405)
})

t.test('before its last thirty seconds the same token comes back', async (t) => {
  const { server, token } = await ada()
  server.clock.now += 869
  const res = await call(server, line, { token })
  t.strictSame(JSON.parse(res.body), { access_token: token, token_type: 'Bearer', expires_in: 31 })
})

t.test('in them a new one', async (t) => {
  const { server, token } = await ada()
  server.clock.now += 870
  const { access_token } = JSON.parse((await call(server, line, { token })).body)
  t.not(access_token, token)
  t.equal(decode(access_token).claims?.exp, server.clock.now + 900)
  t.equal((await call(server, 'GET /welcome', { token: access_token })).status, 200)
})

t.test('afterwards nothing, and after a sign-out neither', async (t) => {
  const { server, token } = await ada()
  await call(server, 'POST /logout', { token })
  t.equal((await call(server, line, { token })).status, 401)
  const other = (await signIn(server)).access_token
  server.clock.now += 900
  t.equal((await call(server, line, { token: other })).status, 401)
})

t.test('the cookie of a page renews nothing', async (t) => {
  const { server } = await ada()
  const cookie = `accounts=${(await member(server)).page}`
  t.equal((await call(server, line, { headers: { cookie } })).status, 400)
})
