// /inspect takes every kind of token of this server apart, each by the rules for its kind, and says how its family stands.
import t from 'tap'
import { StoreUnavailable } from '../../../example/store/errors.ts'
import { call, member, refresh, type TestAccounts, testAccounts } from '../../support/accounts.ts'

async function ada() {
  const server = await testAccounts()
  return { server, first: await member(server) }
}

/** What the page says about a pasted token, as text. */
async function inspect(server: TestAccounts, token: string) {
  const { body } = await call(server, 'POST /inspect', { body: { token } })
  return body.replaceAll(/(?:<[^>]+>|\s)+/g, ' ')
}

t.test('an access token, a refresh token and a page token: all 17 checks hold', async (t) => {
  const { server, first } = await ada()
  for (const token of [first.access_token, first.refresh_token, first.page])
    t.match(await inspect(server, token), /hold all 17 checks .* live its record says so/)
})

t.test('the token of the cookie', async (t) => {
  const { server, first } = await ada()
  const cookie = `accounts=${first.page}`
  const { body } = await call(server, 'GET /inspect', { headers: { cookie } })
  t.match(body, /Signed in as <strong>ada<.*<h1>Your token, taken apart.*&quot;page\+jwt&quot;/s)
  t.match((await call(server, 'GET /inspect')).body, /<a href="\/signin">Sign in<\/a>/)
})

t.test('of a refresh token also: current, the one before, or retired', async (t) => {
  const { server, first } = await ada()
  t.match(
    await inspect(server, first.refresh_token),
    /this token current: a use of it brings the next/,
  )
  const second = await refresh(server, first.refresh_token)
  t.match(
    await inspect(server, first.refresh_token),
    /live its record says so .* this token the one before/,
  )
  server.clock.now += 10
  const retired = await inspect(server, first.refresh_token)
  t.match(retired, /refused: every check holds and its session is live, but it was exchanged/)
  t.match(retired, /not for this one .* The session is live, and this token of it is retired\./)
  t.match(await inspect(server, second.refresh_token), /this token current/)
  t.notMatch(await inspect(server, second.access_token), /this token current/)
  t.equal((await refresh(server, second.refresh_token)).status, 200, 'a look is no use')

  const lasting = await testAccounts({ environment: { REFRESH_POLICY: 'noRefresh' } })
  const { refresh_token } = await member(lasting)
  t.match(await inspect(lasting, refresh_token), /current: it stays good/)
})

t.test('a family that has ended', async (t) => {
  const { server, first } = await ada()
  await call(server, 'POST /logout', { token: first.access_token })
  t.match(await inspect(server, first.access_token), /not live .* valid false/)
  t.match(await inspect(server, first.refresh_token), /not live .* The session has ended/)
})

t.test('an epoch that is over, and a user who is gone', async (t) => {
  const { server, first } = await ada()
  t.match(await inspect(server, first.access_token), /epoch that of the user uses 0/)
  await call(server, 'DELETE /sessions', { token: first.access_token })
  t.match(
    await inspect(server, first.access_token),
    /not live .* epoch not that of the user any more/,
  )
  await server.users.remove('ada')
  t.match(
    await inspect(server, first.access_token),
    /not live .* epoch not that of the user any more/,
  )
})

t.test('shows nothing of the record that is for the server alone', async (t) => {
  const { server, first } = await ada()
  const user = await server.users.change('ada', (user) => ({ ...user, hash: '$argon2id$v=19' }))
  const text = await inspect(server, first.access_token)
  t.notOk(text.includes(`${user?.epoch}`))
  t.notOk(text.includes(`${user?.hash}`))
})

t.test('no record, or a damaged one: refused; a store that does not answer: 503', async (t) => {
  const { server, first } = await ada()
  const [family] = await server.families.allOf('ada')
  const key = { kind: 'family', owner: 'ada', id: `${family?.id}` }
  await server.store.replace(key, `${await server.store.get(key)}`, 'no record')
  t.match(await inspect(server, first.access_token), /There is no record of this session/)
  await server.store.remove(key)
  t.match(await inspect(server, first.access_token), /There is no record of this session/)
  server.store.get = () => Promise.reject(new StoreUnavailable('read the record'))
  const body = { token: first.access_token }
  t.equal((await call(server, 'POST /inspect', { body })).status, 503)
})

t.test('another kind than it says, or none: it fails the checks of an access token', async (t) => {
  const { server, first } = await ada()
  const asked = await inspect(server, first.refresh_token.replace(/^[^.]+/, header('at+jwt')))
  t.match(
    asked,
    /the checks &quot;signature&quot;, &quot;audience&quot;|check &quot;signature&quot;/,
  )
  t.match(await inspect(server, 'no token'), /refused/)
  t.match(await inspect(server, `${header('JWT')}.e30.AAAA`), /this server wants at\+jwt/)
})

const header = (typ: string) =>
  Buffer.from(JSON.stringify({ alg: 'HS256', typ, kid: 'accounts-1' })).toString('base64url')

t.test('is absent outside teaching mode', async (t) => {
  const server = await testAccounts({ environment: { NODE_ENV: 'production' } })
  t.equal((await call(server, 'GET /inspect')).status, 404)
})
