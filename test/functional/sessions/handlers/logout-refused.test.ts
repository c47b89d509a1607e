import t from 'tap'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  liveSession,
  NOW,
  sessionToken,
  testApp,
} from '../../../support/fixtures.ts'
import { MockResponse, mockRequest, type RequestParts } from '../../../support/mock-http.ts'

async function serverWithSession() {
  const server = await testApp()
  await liveSession(server.store)
  const ask = async (parts: RequestParts) => {
    const res = new MockResponse()
    await server.app(mockRequest({ url: '/logout', method: 'POST', ...parts }), res)
    return res
  }
  const live = async () => (await ask({ url: '/private', method: 'GET', headers: bearer })).status
  return { ...server, ask, live }
}

const token = sessionToken()
const bearer = { authorization: `Bearer ${token}` }
const cookie = { cookie: `__Host-session=${token}` }
// A browser sends these by itself, to a site with a password of its own in front of us.
const basic = { authorization: 'Basic YWRhOmFkYQ==' }
const crossSite = { 'sec-fetch-site': 'cross-site' }
const cleared = '__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax'
const refusedToken = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"', 'set-cookie': cleared },
}

t.test('signing out needs a token that holds: 401, and the session stays', async (t) => {
  const tokens: Record<string, string> = {
    'signed with another secret': forge(goodClaims(), goodHeader, 'another'),
    'unsecured, naming the session of somebody': forge(goodClaims(), { alg: 'none' }, ''),
    'with a payload that is not JSON': forge('hello', { ...goodHeader, typ: 'JWT' }),
    expired: sessionToken({ exp: NOW }),
    'for another session': sessionToken({ sub: 'bob' }),
    'not a token at all': 'x',
  }
  for (const [what, bad] of Object.entries(tokens)) {
    t.test(what, async (t) => {
      const { ask, live } = await serverWithSession()
      t.hasStrict(await ask({ headers: { authorization: `Bearer ${bad}` } }), refusedToken)
      t.equal(await live(), 200)
    })
  }

  t.test('none: the challenge says no more than that', async (t) => {
    const { ask } = await serverWithSession()
    t.hasStrict(await ask({}), { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  })
})

t.test('a second sign-out answers as for a session that never was, and harms nobody', async (t) => {
  const { ask } = await serverWithSession()
  t.equal((await ask({ headers: bearer })).status, 200)
  const again = await ask({ headers: bearer })
  const unknown = await ask({ headers: { authorization: sessionToken({ sub: 'bob' }) } })
  t.hasStrict(again, refusedToken)
  t.same(again, unknown)
})

t.test('of ten that sign out at once, one is answered 200', async (t) => {
  const { ask } = await serverWithSession()
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask({ headers: bearer })))
  const statuses = answers.map(({ status }) => status).sort()
  t.same(statuses, [200, ...Array.from({ length: 9 }, () => 401)])
})

t.test('what another site can cause ends no session', async (t) => {
  const causes: Array<[what: string, parts: RequestParts, status: number]> = [
    ['a link or an image', { method: 'GET', headers: cookie }, 405],
    ['HEAD', { method: 'HEAD', headers: cookie }, 405],
    ['a link, with another scheme', { method: 'GET', headers: { ...cookie, ...basic } }, 405],
    ['its form, with another scheme', { headers: { ...cookie, ...basic, ...crossSite } }, 403],
    ['HEAD with the header', { method: 'HEAD', headers: bearer }, 405],
    ['its form', { headers: { ...cookie, ...crossSite } }, 403],
    ['a form of a sub-domain', { headers: { ...cookie, 'sec-fetch-site': 'same-site' } }, 403],
    ['its form, from an older browser', { headers: { ...cookie, origin: 'https://x.test' } }, 403],
    ['two tokens that differ', { headers: { ...cookie, authorization: 'Bearer a.b.c' } }, 400],
    ['a body without end', { headers: cookie, body: 'x'.repeat(20_000) }, 413],
  ]
  for (const [what, parts, status] of causes) {
    t.test(`${what}: ${status}`, async (t) => {
      const { ask, live } = await serverWithSession()
      const res = await ask(parts)
      t.equal(res.status, status)
      if (status === 405) t.equal(res.headers.allow, 'POST')
      t.equal(await live(), 200)
    })
  }
})

t.test('when the store cannot write: 503, never "Logged Out!"', async (t) => {
  const { ask, store, live } = await serverWithSession()
  store.replace = () => Promise.reject(new StoreUnavailable('write the record'))
  const res = await ask({ headers: bearer })
  t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' } })
  t.notOk('set-cookie' in res.headers, 'and the cookie stays, to try again with')
  t.equal(await live(), 200)
})
