import t from 'tap'
import { HttpError } from '../../../example/http/errors.ts'
import { createRouter, methodNotAllowed } from '../../../example/http/router.ts'
import type { Handler } from '../../../example/http/types.ts'
import { mockRequest, type RequestParts } from '../../support/mock-http.ts'

const show: Handler = async () => {}
const send: Handler = async () => {}
const form: Handler = async () => {}

const route = createRouter({
  '/': { GET: show },
  '/form': { GET: form, POST: send },
  '/send': { POST: send },
})

function refusal(request: RequestParts) {
  try {
    route(mockRequest(request))
  } catch (error) {
    if (error instanceof HttpError)
      return { status: error.status, message: error.message, headers: error.headers }
  }
  throw new Error('The request was not refused')
}

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

t.test('createRouter() knows no path but those it was given', async (t) => {
  const unknown = [
    '/other',
    '/form/',
    '//form',
    '/FORM',
    '/%66orm',
    '/x/../form',
    '/./form',
    '/form%00',
    '/form;a=b',
    '/form#',
    'form',
    '',
    '*',
    'http://localhost/form',
    '/constructor',
    'constructor',
    '__proto__',
  ]
  for (const url of unknown) {
    t.test(`"${url}": 404`, async (t) => {
      t.strictSame(refusal({ url }), {
        status: 404,
        message: 'There is nothing here',
        headers: {},
      })
    })
  }

  t.test('no URL at all: 404', async (t) => {
    const req = { ...mockRequest(), url: undefined }
    t.throws(() => route(req), HttpError)
  })
})

t.test('createRouter() and methods', async (t) => {
  const others = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'constructor']
  for (const method of others) {
    t.test(`${method}: 405 with those that are allowed`, async (t) => {
      t.strictSame(refusal({ url: '/form', method }), {
        status: 405,
        message: 'This method is not allowed here',
        headers: { allow: 'GET, HEAD, POST' },
      })
    })
  }

  t.test('GET and HEAD where only POST is known: 405', async (t) => {
    t.strictSame(refusal({ url: '/send' }).headers, { allow: 'POST' })
    t.strictSame(refusal({ url: '/send', method: 'HEAD' }).headers, { allow: 'POST' })
  })

  t.test('POST where only GET is known: 405', async (t) => {
    t.strictSame(refusal({ url: '/', method: 'POST' }).headers, { allow: 'GET, HEAD' })
  })

  for (const method of ['GET', 'HEAD']) {
    t.test(`${method} with a body: 413, and the connection closes`, async (t) => {
      for (const headers of [{ 'content-length': '1' }, { 'transfer-encoding': 'chunked' }])
        t.strictSame(refusal({ url: '/', method, headers }), {
          status: 413,
          message: 'Cannot take a body with this method',
          headers: { connection: 'close' },
        })
    })
  }
})

t.test('methodNotAllowed() names HEAD beside GET', async (t) => {
  t.strictSame(methodNotAllowed(['POST', 'GET']).headers, { allow: 'POST, GET, HEAD' })
})
