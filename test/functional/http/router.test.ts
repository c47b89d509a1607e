import t from 'tap'
import { createRouter, methodNotAllowed } from '../../../example/http/router.ts'
import type { Handler, HttpRequest } from '../../../example/http/types.ts'
import { MockResponse, mockRequest } from '../../support/mock-http.ts'
import { httpRefusalOf } from '../../support/refusal.ts'

const show: Handler = async () => {}
const send: Handler = async () => {}
const form: Handler = async () => {}

const route = createRouter({
  '/': { GET: show },
  '/form': { GET: form, POST: send },
  '/send': { POST: send },
  '/end': { GET: show, HEAD: false },
})

const refusal = (req: HttpRequest) => httpRefusalOf(() => route(req))

t.test('createRouter() finds the handler', async (t) => {
  t.test('by path and method', async (t) => {
    t.equal(route(mockRequest({ url: '/' })), show)
    t.equal(route(mockRequest({ url: '/form' })), form)
    t.equal(route(mockRequest({ url: '/form', method: 'POST' })), send)
  })

  t.test('whatever the query holds', async (t) => {
    t.equal(route(mockRequest({ url: '/form?a=/&b=?' })), form)
    t.equal(route(mockRequest({ url: '/?' })), show)
  })

  t.test('of GET for HEAD (RFC 9110 §9.3.2)', async (t) => {
    t.equal(route(mockRequest({ url: '/form', method: 'HEAD' })), form)
  })

  t.test('of a POST with a body', async (t) => {
    const headers = { 'content-length': '3' }
    t.equal(route(mockRequest({ url: '/send', method: 'POST', headers })), send)
  })
})

// Longer lists of both are in test/security/exact-paths.test.ts.

t.test('createRouter() knows no path but those it was given', async (t) => {
  const unknown = ['/other', '/form/', 'constructor', undefined]
  for (const url of unknown) {
    t.test(`${url ?? 'no URL at all'}: 404`, async (t) => {
      t.strictSame(refusal({ ...mockRequest(), url }), {
        status: 404,
        message: 'There is no page at this address',
        headers: {},
      })
    })
  }
})

t.test('createRouter() and methods', async (t) => {
  const others: Array<[method: string | undefined, url: string, allow: string]> = [
    ['PUT', '/form', 'GET, HEAD, POST'],
    ['DELETE', '/form', 'GET, HEAD, POST'],
    ['get', '/form', 'GET, HEAD, POST'],
    ['constructor', '/form', 'GET, HEAD, POST'],
    [undefined, '/form', 'GET, HEAD, POST'],
    ['POST', '/', 'GET, HEAD'],
    ['GET', '/send', 'POST'],
    ['HEAD', '/send', 'POST'],
    ['PUT', '/end', 'GET'],
    ['HEAD', '/end', 'GET'], // where a GET changes something
  ]
  for (const [method, url, allow] of others) {
    t.test(`${method ?? 'no method'} ${url}: 405 with those that are allowed`, async (t) => {
      t.strictSame(refusal({ ...mockRequest({ url }), method }), {
        status: 405,
        message: 'Cannot use this method: it is not allowed here',
        headers: { allow },
      })
    })
  }

  for (const method of ['GET', 'HEAD']) {
    t.test(`${method} with a body: 400, and the connection closes`, async (t) => {
      for (const headers of [{ 'content-length': '1' }, { 'transfer-encoding': 'chunked' }])
        t.strictSame(refusal(mockRequest({ url: '/', method, headers })), {
          status: 400,
          message: 'Cannot take a body with this method',
          headers: { connection: 'close' },
        })
    })
  }
})

t.test('methodNotAllowed() names the methods that are', async (t) => {
  t.strictSame(methodNotAllowed(['GET', 'POST']).headers, { allow: 'GET, POST' })
})

t.test('createRouter() and a name in a path', async (t) => {
  const names: string[] = []
  const note: Handler = async (_req, _res, name) => void names.push(String(name))
  const routes = createRouter({
    '/users/all': { GET: show },
    '/users/:name': { GET: note, DELETE: note },
    '/users/:name/roles': { PUT: note },
    '/:realm/keys.json': { GET: note },
  })
  const go = (method: string, url: string, headers = {}) =>
    routes(mockRequest({ method, url, headers }))(mockRequest(), new MockResponse())

  t.test('hands it to the handler, at the end, between or in front', async (t) => {
    await go('GET', '/users/ada')
    await go('DELETE', '/users/Ada.b-c_d~e@f+1?a=b')
    await go('PUT', '/users/bob/roles', { 'content-length': '2' })
    await go('GET', '/blue/keys.json')
    await go('HEAD', '/users/..bob')
    t.strictSame(names, ['ada', 'Ada.b-c_d~e@f+1', 'bob', 'blue', '..bob'])
  })

  t.test('takes an exact path before one with a name', async (t) => {
    t.equal(routes(mockRequest({ url: '/users/all' })), show)
  })

  // biome-ignore format: a line for each kind
  const none = [
    '/users/', '/users//', '/users/ada/', '/users/a/b', '/users/.', '/users/..', '/users/a%41',
    '/users/a:b', '/users/a b', '/users/é', `/users/${'x'.repeat(129)}`, '/users/roles/',
    '/users//roles', '/users/../roles', '/keys.json', '//keys.json', '/users/:na/me', '/user',
    '/users/:name', '/users/:name/roles', '/:realm/keys.json',
  ]
  for (const url of none) {
    t.test(`${url}: 404`, async (t) => {
      t.equal(httpRefusalOf(() => routes(mockRequest({ url }))).status, 404)
    })
  }

  t.test('has room for one name', async (t) => {
    t.throws(() => createRouter({ '/a/:b/c/:d': { GET: show } }), {
      message: 'Cannot route /a/:b/c/:d: it has two names',
    })
  })

  t.test('knows its methods: 405, and no body with DELETE', async (t) => {
    const refused = httpRefusalOf(() => routes(mockRequest({ url: '/users/ada', method: 'POST' })))
    t.strictSame(refused.headers, { allow: 'GET, HEAD, DELETE' })
    const headers = { 'content-length': '1' }
    const body = mockRequest({ url: '/users/ada', method: 'DELETE', headers })
    t.equal(httpRefusalOf(() => routes(body)).status, 400)
  })
})
