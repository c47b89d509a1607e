import t from 'tap'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  liveSession,
  sessionToken,
  testApp,
} from '../../../support/fixtures.ts'
import { ask, type RequestParts } from '../../../support/mock-http.ts'

async function serverWithSession() {
  const server = await testApp()
  await liveSession(server.store)
  const logout = (parts: RequestParts) =>
    ask(server.app, { url: '/logout', method: 'POST', ...parts })
  const live = async () => (await ask(server.app, { url: '/private', headers: bearer })).status
  return { ...server, logout, live }
}

const token = sessionToken()
const bearer = { authorization: `Bearer ${token}` }
const cookie = { cookie: `session=${token}` }
const crossSite = { 'sec-fetch-site': 'cross-site' }
const cleared = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'
const refusedToken = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"', 'set-cookie': cleared },
}

t.test('signing out needs a token that holds: 401, and the session stays', async (t) => {
  const tokens: Record<string, string> = {
    'signed with another secret': forge(goodClaims(), goodHeader, 'another'),
    'for another session': sessionToken({ sub: 'bob' }),
  }
  for (const [what, bad] of Object.entries(tokens)) {
    t.test(what, async (t) => {
      const { logout, live } = await serverWithSession()
      t.hasStrict(await logout({ headers: { authorization: `Bearer ${bad}` } }), refusedToken)
      t.equal(await live(), 200)
    })
  }

  t.test('none: the challenge says no more than that', async (t) => {
    const { logout } = await serverWithSession()
    t.hasStrict(await logout({}), { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  })
})

t.test('a second sign-out answers as for a session that never was, and harms nobody', async (t) => {
  const { logout } = await serverWithSession()
  t.equal((await logout({ headers: bearer })).status, 200)
  const again = await logout({ headers: bearer })
  const unknown = await logout({ headers: { authorization: sessionToken({ sub: 'bob' }) } })
  t.hasStrict(again, refusedToken)
  t.same(again, unknown)
})

t.test('of ten that sign out at once, one is answered 200', async (t) => {
  const { logout } = await serverWithSession()
  const answers = await Promise.all(Array.from({ length: 10 }, () => logout({ headers: bearer })))
  const statuses = answers.map(({ status }) => status).sort()
  t.same(statuses, [200, ...Array.from({ length: 9 }, () => 401)])
})

t.test('what another site can cause ends no session', async (t) => {
  const causes: Array<[what: string, parts: RequestParts, status: number]> = [
    ['a link or an image', { method: 'GET', headers: cookie }, 405],
    ['its form', { headers: { ...cookie, ...crossSite } }, 403],
    ['a body without end', { headers: cookie, body: 'x'.repeat(20_000) }, 413],
  ]
  for (const [what, parts, status] of causes) {
    t.test(`${what}: ${status}`, async (t) => {
      const { logout, live } = await serverWithSession()
      const res = await logout(parts)
      t.equal(res.status, status)
      if (status === 405) t.equal(res.headers.allow, 'POST')
      t.equal(await live(), 200)
    })
  }
})

t.test('when the store cannot write: 503, never "Logged Out!"', async (t) => {
  const { logout, store, live } = await serverWithSession()
  store.replace = () => Promise.reject(new StoreUnavailable('write the record'))
  const res = await logout({ headers: bearer })
  t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' } })
  t.notOk('set-cookie' in res.headers, 'and the cookie stays, to try again with')
  t.equal(await live(), 200)
})
