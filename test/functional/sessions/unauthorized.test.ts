import t from 'tap'
import { sendUnauthorized } from '../../../example/sessions/unauthorized.ts'
import { loadViews } from '../../../example/sessions/views.ts'
import { MockResponse, mockRequest } from '../../support/mock-http.ts'

const views = loadViews(undefined)
const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

function refused(
  accept: string,
  kind: 'nobody' | 'refused',
  refusal?: Parameters<typeof sendUnauthorized>[4],
) {
  const res = new MockResponse()
  sendUnauthorized(mockRequest({ headers: { accept } }), res, views, kind, refusal)
  return res
}

t.test('sendUnauthorized()', async (t) => {
  t.test('shows people the sign-in form', async (t) => {
    const res = refused(browser, 'nobody')
    t.hasStrict(res, { status: 401, headers: { 'content-type': 'text/html; charset=utf-8' } })
    t.match(res.body, /<form[^>]+method="post" action="\/auth"/)
    t.notMatch(res.body, /role="alert"/, 'nothing was wrong yet, so there is no message')
  })

  t.test('gives programs an error object', async (t) => {
    t.hasStrict(refused('application/json', 'nobody'), {
      status: 401,
      headers: { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' },
      body: '{"error":"invalid_token","error_description":"Sign in first"}',
    })
  })

  t.test('names an error in the challenge only when a token came (RFC 6750 §3.1)', async (t) => {
    for (const accept of [browser, 'application/json', '*/*']) {
      const without = refused(accept, 'nobody').headers['www-authenticate']
      const withOne = refused(accept, 'refused').headers['www-authenticate']
      t.same([without, withOne], ['Bearer', 'Bearer error="invalid_token"'])
    }
  })

  t.test('says what was wrong, and keeps the user name', async (t) => {
    const refusal = { message: 'Wrong user name or password', username: 'ada' }
    const { body } = refused(browser, 'nobody', refusal)
    t.match(body, /role="alert"[^>]*>Wrong user name or password<.*name="username" value="ada"/s)
    const json = refused('application/json', 'nobody', refusal)
    t.equal(JSON.parse(json.body).error_description, 'Wrong user name or password')
  })

  t.test('adds the headers of its caller', async (t) => {
    for (const accept of [browser, 'application/json']) {
      const res = refused(accept, 'refused', { headers: { 'set-cookie': 'a=; Max-Age=0' } })
      t.equal(res.headers['set-cookie'], 'a=; Max-Age=0')
    }
  })
})
