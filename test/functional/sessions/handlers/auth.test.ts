import t from 'tap'
import { uuid } from '../../../../example/token/checks-claims.ts'
import { decode } from '../../../../example/token/decode.ts'
import { formType, NOW, signInForm, testApp } from '../../../support/fixtures.ts'
import { ask, MockResponse, mockRequest, type RequestParts } from '../../../support/mock-http.ts'

async function signIn(parts: RequestParts = {}) {
  const { app, store, events } = await testApp()
  const form = { method: 'POST', url: '/auth', body: signInForm }
  const res = await ask(app, { ...form, ...parts, headers: { ...formType, ...parts.headers } })
  const records = []
  for await (const { id, value } of store.list('session', 'masterbuilder'))
    records.push({ id, ...JSON.parse(value) })
  return { res, events, records }
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const json = { accept: 'application/json' }

t.test('GET /auth: 401 and the form, since nothing was proven yet', async (t) => {
  const { res } = await signIn({ method: 'GET', body: '', headers: browser })
  t.hasStrict(res, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
  t.match(res.body, /action="\/auth"/)
  t.notMatch(res.body, /role="alert"|No token came/)
})

t.test('POST /auth', async (t) => {
  t.test('of a program: 200, the private page, and the token bare in the header', async (t) => {
    for (const headers of [{}, { accept: '*/*' }] as Array<Record<string, string>>) {
      const { res } = await signIn({ headers })
      t.hasStrict(res, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
      t.match(res.headers.authorization, /^[\w-]+\.[\w-]+\.[\w-]+$/)
      t.match(res.body, /Welcome, masterbuilder/)
      t.equal(
        res.headers['set-cookie'],
        `session=${res.headers.authorization}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax`,
        'and the same in a cookie',
      )
    }
  })

  t.test('of a browser: 303 to the private page, so that no reload signs in again', async (t) => {
    const { res, records } = await signIn({ headers: browser })
    t.hasStrict(res, {
      status: 303,
      headers: { location: '/private', 'cache-control': 'no-store' },
    })
    const [, token = ''] =
      /^session=([^;]+);.* HttpOnly;/.exec(res.headers['set-cookie'] ?? '') ?? []
    t.equal(decode(token).claims?.jti, records[0].id, 'with the token in a cookie')
    t.notOk('authorization' in res.headers, 'and nowhere that a script could read it')
    t.notOk(res.body.includes(token))
  })

  t.test('asked for JSON: the answer of RFC 6749 §5.1, and no cookie', async (t) => {
    const { res } = await signIn({ headers: json })
    t.hasStrict(res, {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify({
        access_token: res.headers.authorization,
        token_type: 'Bearer',
        expires_in: 604_800,
      }),
    })
    t.notOk('set-cookie' in res.headers)
  })

  t.test('writes one record, named by the jti of the token', async (t) => {
    const agent = { 'user-agent': 'Firefox/152' }
    const { res, records } = await signIn({ headers: agent, remoteAddress: '192.0.2.7' })
    const { claims } = decode(res.headers.authorization ?? '')
    t.match(claims?.jti, uuid)
    t.same(records, [
      {
        id: claims?.jti,
        valid: true,
        subject: 'masterbuilder',
        createdAt: NOW,
        expiresAt: NOW + 604_800,
        agent: 'Firefox/152',
        address: '192.0.2.7',
      },
    ])
  })

  t.test('writes "unknown" where the socket says no address', async (t) => {
    const { app, events } = await testApp()
    const request = mockRequest({
      method: 'POST',
      url: '/auth',
      headers: formType,
      body: signInForm,
    })
    await app(Object.assign(request, { socket: {} }), new MockResponse())
    t.hasStrict(events[0]?.fields, { address: 'unknown' })
  })

  t.test('tells the log who came from where, and never the password or the token', async (t) => {
    const { res, events } = await signIn()
    const fields = { subject: 'masterbuilder', address: '192.0.2.1' }
    t.same(events, [{ level: 'info', event: 'signed in', fields }])
    t.notOk(JSON.stringify(events).includes(res.headers.authorization ?? ''))
  })
})
