import { pathToFileURL } from 'node:url'
import t from 'tap'
import { loadPages } from '../../../example/server/pages.ts'
import { sendProblem } from '../../../example/server/problem.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MockResponse, mockRequest } from '../../support/mock-http.ts'

const own = temporaryFolder(t, { 'head.html': '', 'foot.html': '' })
const pages = loadPages({ views: pathToFileURL(`${own}/`), name: 'A site' })
const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

function problem(accept: string, status: number) {
  const res = new MockResponse()
  const answer = { status, message: 'The reason, in a sentence', headers: { 'x-own': 'kept' } }
  sendProblem(mockRequest({ headers: { accept } }), res, pages.problem, answer)
  return res
}

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
    [403, 'Not allowed', 'access_denied'],
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
