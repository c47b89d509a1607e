import t from 'tap'
import { formType, signInForm, testApp } from '../../support/fixtures.ts'
import { ask, MockResponse, mockRequest, type RequestParts } from '../../support/mock-http.ts'
import { stoppedTime } from '../../support/time.ts'

async function answer(parts: RequestParts, environment: Record<string, string> = {}) {
  const { app } = await testApp({ environment })
  return await ask(app, parts)
}

const publicServer = {
  HOST: '0.0.0.0',
  DEMO_USER: 'ada',
  DEMO_PASSWORD: 'a phrase for tests, and for nothing else',
}

t.test('the route table', async (t) => {
  const routes: Array<[method: string, url: string, status: number]> = [
    ['GET', '/', 200],
    ['GET', '/home', 200],
    ['GET', '/home?from=mail', 200],
    ['GET', '/auth', 401],
    ['POST', '/auth', 200],
    ['GET', '/private', 401],
    ['POST', '/logout', 401],
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['GET', '/style.css', 200],
    ['GET', '/favicon.svg', 200],
    ['GET', '/inspect', 200],
    ['POST', '/inspect', 200],
  ]
  for (const [method, url, status] of routes) {
    t.test(`${method} ${url}: ${status}`, async (t) => {
      const body = method === 'POST' ? signInForm : ''
      t.equal((await answer({ method, url, headers: formType, body })).status, status)
    })
  }

  t.test('anything else: 404', async (t) => {
    t.hasStrict(await answer({ url: '/exit' }), {
      status: 404,
      body: 'There is no page at this address\n',
    })
  })

  t.test('/inspect is there only in teaching mode', async (t) => {
    for (const method of ['GET', 'POST'])
      t.equal((await answer({ method, url: '/inspect' }, publicServer)).status, 404, method)
    const page = await answer({ url: '/', headers: { accept: 'text/html' } }, publicServer)
    t.notMatch(page.body, /\/inspect/, 'and no page leads to it')
  })
})

t.test('the sign-in page shows the account', async (t) => {
  const hint = /<code>masterbuilder<\/code> and the password <code>itsnosecret<\/code>/
  const home = { url: '/', headers: { accept: 'text/html' } }
  t.test('while it is the well-known one', async (t) => {
    t.match((await answer(home)).body, hint)
  })
  const hidden = {
    'with another user name': { DEMO_USER: 'ada' },
    'with another password': { DEMO_PASSWORD: 'not for everybody' },
    'on a public address': publicServer,
  }
  for (const [when, environment] of Object.entries(hidden)) {
    t.test(`but not ${when}`, async (t) => {
      const { body } = await answer(home, environment)
      t.notMatch(body, /practice server|itsnosecret|not for everybody|a phrase for tests/)
    })
  }
})

t.test('sockets that say no address share one count', async (t) => {
  stoppedTime(t)
  const { app } = await testApp({ environment: { REQUESTS_PER_SECOND: '1' } })
  const answers = [new MockResponse(), new MockResponse()]
  for (const res of answers) await app(Object.assign(mockRequest(), { socket: {} }), res)
  t.same(
    answers.map(({ status }) => status),
    [200, 429],
  )
})
