import t from 'tap'
import { formType, SESSION_ID, sessionToken, signInForm, testApp } from '../../support/fixtures.ts'
import { MockResponse, mockRequest, type RequestParts } from '../../support/mock-http.ts'

async function ask(parts: RequestParts, environment: Record<string, string> = {}) {
  const { app } = await testApp({ environment })
  const res = new MockResponse()
  await app(mockRequest(parts), res)
  return res
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
    ['GET', '/style.css', 200],
    ['GET', '/favicon.svg', 200],
    ['GET', '/inspect', 200],
    ['POST', '/inspect', 200],
  ]
  for (const [method, url, status] of routes) {
    t.test(`${method} ${url}: ${status}`, async (t) => {
      const body = method === 'POST' ? signInForm : ''
      t.equal((await ask({ method, url, headers: formType, body })).status, status)
    })
  }

  const nothingHere = ['/private/', '//private', '/PRIVATE', '/%70rivate', '/x/../private', '*']
  for (const url of [...nothingHere, '/exit', '/home/', '/constructor', '//', '/%ff', '']) {
    t.test(
      `GET ${url || 'without a path'}: 404, since paths are compared letter by letter`,
      async (t) => {
        t.hasStrict(await ask({ url }), { status: 404, body: 'There is nothing here\n' })
      },
    )
  }

  const wrongMethods: Array<[method: string, url: string, allow: string]> = [
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/private', 'GET, HEAD'],
    ['PUT', '/auth', 'GET, HEAD, POST'],
    ['TRACE', '/auth', 'GET, HEAD, POST'],
    ['OPTIONS', '/private', 'GET, HEAD'],
    ['PATCH', '/logout', 'GET, HEAD, POST'],
    ['POST', '/style.css', 'GET, HEAD'],
  ]
  for (const [method, url, allow] of wrongMethods) {
    t.test(`${method} ${url}: 405, and Allow says ${allow}`, async (t) => {
      t.hasStrict(await ask({ method, url }), { status: 405, headers: { allow } })
    })
  }

  t.test('HEAD is answered as GET is: node leaves out the body', async (t) => {
    for (const url of ['/', '/private', '/style.css', '/nothing']) {
      const [head, get] = [await ask({ method: 'HEAD', url }), await ask({ url })]
      t.same([head.status, head.headers], [get.status, get.headers], url)
    }
  })

  t.test('GET with a body: 413 and goodbye', async (t) => {
    const headers = { 'content-length': '4' }
    t.hasStrict(await ask({ url: '/home', headers, body: 'body' }), {
      status: 413,
      headers: { connection: 'close' },
    })
  })

  t.test('/inspect is there only in teaching mode', async (t) => {
    for (const method of ['GET', 'POST'])
      t.equal((await ask({ method, url: '/inspect' }, publicServer)).status, 404, method)
    const page = await ask({ url: '/', headers: { accept: 'text/html' } }, publicServer)
    t.notMatch(page.body, /\/inspect/, 'and no page leads to it')
  })
})

t.test('the sign-in page shows the account', async (t) => {
  const hint = /<code>masterbuilder<\/code> and the password <code>itsnosecret<\/code>/
  const home = { url: '/', headers: { accept: 'text/html' } }
  t.test('while it is the well-known one', async (t) => {
    t.match((await ask(home)).body, hint)
  })
  const hidden = {
    'with another user name': { DEMO_USER: 'ada' },
    'with another password': { DEMO_PASSWORD: 'not for everybody' },
    'on a public address': publicServer,
  }
  for (const [when, environment] of Object.entries(hidden)) {
    t.test(`but not ${when}`, async (t) => {
      const { body } = await ask(home, environment)
      t.notMatch(body, /practice server|itsnosecret|not for everybody|a phrase for tests/)
    })
  }
})

t.test('one address may make so many requests a second', async (t) => {
  const { app } = await testApp({ environment: { REQUESTS_PER_SECOND: '3' } })
  const answers = Array.from({ length: 4 }, () => new MockResponse())
  await Promise.all(answers.map((res) => app(mockRequest(), res)))
  t.same(
    answers.map(({ status }) => status),
    [200, 200, 200, 429],
  )
  t.hasStrict(answers[3], {
    headers: { 'retry-after': '1' },
    body: 'Too many requests: try again later\n',
  })

  const other = new MockResponse()
  await app(mockRequest({ remoteAddress: '192.0.2.2' }), other)
  t.equal(other.status, 200, 'another address is not affected')

  const spoofed = new MockResponse()
  await app(mockRequest({ headers: { 'x-forwarded-for': '192.0.2.3' } }), spoofed)
  t.equal(spoofed.status, 429, 'and a header does not make another address')
})

t.test('sockets that say no address share one count', async (t) => {
  const { app } = await testApp({ environment: { REQUESTS_PER_SECOND: '1' } })
  const answers = [new MockResponse(), new MockResponse()]
  for (const res of answers) await app(Object.assign(mockRequest(), { socket: {} }), res)
  t.same(
    answers.map(({ status }) => status),
    [200, 429],
  )
})

t.test('a token from one server opens another of the same secret and store', async (t) => {
  const { store } = await testApp()
  const session = { valid: true, subject: 'ada', createdAt: 1, expiresAt: 3e9, agent: '' }
  await store.insert({ kind: 'session', owner: 'ada', id: SESSION_ID }, JSON.stringify(session))
  const { app } = await testApp({ store })
  const res = new MockResponse()
  await app(mockRequest({ url: '/private', headers: { authorization: sessionToken() } }), res)
  t.equal(res.status, 200)
})
