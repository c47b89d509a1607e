import t from 'tap'
import { sendProblem, sendUnauthorized } from '../../../example/sessions/answers.ts'
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

function problem(accept: string, status: number) {
  const res = new MockResponse()
  const answer = { status, message: 'The reason, in a sentence', headers: { 'x-own': 'kept' } }
  sendProblem(mockRequest({ headers: { accept } }), res, views, answer)
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

  t.test('ties its message to the fields and keeps the user name', async (t) => {
    const refusal = { message: 'Wrong user name or password', username: 'ada' }
    const { body } = refused(browser, 'nobody', refusal)
    t.match(
      body,
      /id="sign-in-message" role="alert" tabindex="-1" autofocus>Wrong user name or password</,
    )
    t.match(body, /name="username" value="ada"[^>]+aria-describedby="sign-in-message"/)
    t.match(body, /name="password"[^>]+aria-describedby="sign-in-message"/)
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

t.test('sendProblem()', async (t) => {
  t.test('answers each client in its own language', async (t) => {
    const headers = (type: string) => ({
      'content-type': `${type}; charset=utf-8`,
      'x-own': 'kept',
    })
    t.hasStrict(problem('*/*', 404), {
      status: 404,
      headers: headers('text/plain'),
      body: 'The reason, in a sentence\n',
    })
    t.hasStrict(problem('application/json', 404), {
      status: 404,
      headers: headers('application/json'),
      body: '{"error":"not_found","error_description":"The reason, in a sentence"}',
    })
    const page = problem(browser, 404)
    t.hasStrict(page, { status: 404, headers: headers('text/html') })
    t.match(page.body, /<h1>Not found<\/h1>\s*<p class="lead">The reason, in a sentence<\/p>/)
  })

  const named: Array<[status: number, title: string, error: string]> = [
    [400, 'Something is not right', 'invalid_request'],
    [403, 'Not from here', 'access_denied'],
    [404, 'Not found', 'not_found'],
    [405, 'Not like this', 'method_not_allowed'],
    [413, 'Something is not right', 'content_too_large'],
    [415, 'Something is not right', 'unsupported_media_type'],
    [429, 'Too many requests', 'too_many_requests'],
    [500, 'Our mistake', 'server_error'],
    [503, 'Not now', 'temporarily_unavailable'],
  ]
  for (const [status, title, error] of named) {
    t.test(`calls a ${status} "${title}" for people and ${error} for programs`, async (t) => {
      const page = problem(browser, status)
      t.equal(page.status, status)
      t.match(page.body, new RegExp(`<title>${title} &middot; .*<h1>${title}</h1>`, 's'))
      t.match(page.body, new RegExp(`<p class="status">${status}</p>`))
      const json = problem('application/json', status)
      t.same([json.status, JSON.parse(json.body).error], [status, error])
    })
  }
})
