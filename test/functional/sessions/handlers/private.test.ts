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
import { ask } from '../../../support/mock-http.ts'

async function get(headers: Record<string, string>) {
  const { app, store, events } = await testApp()
  await liveSession(store)
  return { res: await ask(app, { url: '/private', headers }), events }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const json = { accept: 'application/json' }

t.test('GET /private', async (t) => {
  t.test('with a good token: 200 and the page, which greets by name', async (t) => {
    const carried = {
      'a Bearer header': bearer(sessionToken()),
      'the bare token in the header': { authorization: sessionToken() },
      'the cookie': { cookie: `session=${sessionToken()}` },
    }
    for (const [how, headers] of Object.entries(carried)) {
      const { res, events } = await get(headers)
      t.hasStrict(
        res,
        { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
        how,
      )
      t.match(res.body, /Welcome, ada/, how)
      t.same(events, [], 'and the log has nothing to tell')
    }
  })

  t.test('with a good token, asked for JSON: whose session it is and until when', async (t) => {
    t.hasStrict((await get({ ...bearer(sessionToken()), ...json })).res, {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify({ subject: 'ada', expires_at: NOW + 3600 }),
    })
  })

  t.test('never gives the token back', async (t) => {
    const token = sessionToken()
    const { res } = await get(bearer(token))
    t.notOk(JSON.stringify(res).includes(token))
  })

  t.test('without a token: 401, the form, and a challenge without a reproach', async (t) => {
    const nothing = [{}, { authorization: 'Basic YWRhOmFkYQ==' }, { authorization: '' }] as const
    for (const headers of nothing) {
      const { res, events } = await get({ ...headers })
      t.hasStrict(res, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
      t.match(res.body, /action="\/auth"/)
      t.same(events, [])
    }
  })

  const refused: Array<[what: string, headers: Record<string, string>, reason: string]> = [
    ['an expired token', bearer(sessionToken({ exp: NOW })), 'expiry'],
    ['a token for another audience', bearer(sessionToken({ aud: 'elsewhere' })), 'audience'],
    ['a token of another issuer', bearer(sessionToken({ iss: 'somebody' })), 'issuer'],
    ['a token that lasts too long', bearer(sessionToken({ exp: NOW + 604_801 })), 'lifetime'],
    ['a token from the future', bearer(sessionToken({ iat: NOW + 1 })), 'issued-at'],
    ['another secret', bearer(forge(goodClaims(), goodHeader, 'x')), 'signature'],
    ['another type', bearer(forge(goodClaims(), { ...goodHeader, typ: 'JWT' })), 'type'],
    ['no signature', bearer(forge(goodClaims(), { ...goodHeader, alg: 'none' })), 'algorithm'],
    ['a session that never was', bearer(sessionToken({ sub: 'bob' })), 'no-live-session'],
    ['two tokens in a header', { authorization: 'Bearer a.b.c d.e.f' }, 'form'],
    ['a header of one word', { authorization: 'Bearer' }, 'form'],
  ]
  for (const [what, headers, reason] of refused) {
    t.test(`with ${what}: 401 invalid_token`, async (t) => {
      const { res, events } = await get({ ...headers, ...json })
      t.hasStrict(res, {
        status: 401,
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
        body: '{"error":"invalid_token","error_description":"Sign in first"}',
      })
      t.same(events, [{ level: 'warn', event: 'token refused', fields: { reason } }])
    })
  }

  t.test('a token in the address is not looked at', async (t) => {
    const { app, store } = await testApp()
    await liveSession(store)
    const res = await ask(app, { url: `/private?access_token=${sessionToken()}` })
    t.hasStrict(res, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  })

  t.test('when the store cannot say: 503, neither let in nor refused', async (t) => {
    const { app, store } = await testApp()
    store.get = () => Promise.reject(new StoreUnavailable('read the record'))
    const res = await ask(app, { url: '/private', headers: bearer(sessionToken()) })
    t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' } })
  })
})
