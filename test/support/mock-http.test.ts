import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { readBody } from '../../example/http/body.ts'
import type { Handler } from '../../example/http/types.ts'
import { ask, MockResponse, mockRequest, type RequestParts } from './mock-http.ts'
import { messageOf } from './refusal.ts'

// A double is only worth something while it behaves like the real thing. So the same small
// handlers run on both, and the answers are compared.

interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

async function throughTheMock(handler: Handler, request: RequestParts): Promise<Answer> {
  const { status, headers, body } = await ask(handler, request)
  return { status, headers, body }
}

async function throughNode(handler: Handler, request: RequestParts): Promise<Answer> {
  const server = createServer((req: IncomingMessage, res: ServerResponse) => void handler(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const { url = '/', method = 'GET', headers = {}, body } = request
    const init = { method, headers, ...(body === undefined ? {} : { body: String(body) }) }
    const res = await fetch(`http://127.0.0.1:${port}${url}`, init)
    const own = [...res.headers].filter(
      ([name]) => name.startsWith('x-') || name === 'content-type',
    )
    return { status: res.status, headers: Object.fromEntries(own), body: await res.text() }
  } finally {
    server.close()
  }
}

const agreements: Record<string, { handler: Handler; request?: RequestParts }> = {
  'a head, a header and a body': {
    handler: async (_req, res) => {
      res.writeHead(201, { 'content-type': 'text/plain', 'X-Name': 'value' })
      res.end('made')
    },
  },
  'an answer without a head is 200': {
    handler: async (_req, res) => {
      res.end('fine')
    },
  },
  'an empty answer': {
    handler: async (_req, res) => {
      res.writeHead(204)
      res.end()
    },
  },
  'method and URL, query and all': {
    handler: async (req, res) => {
      res.writeHead(200, { 'x-method': req.method ?? '' })
      res.end(req.url)
    },
    request: { method: 'DELETE', url: '/a/b?c=d' },
  },
  'header names in lower case': {
    handler: async (req, res) => {
      res.end(String(req.headers.authorization))
    },
    request: { headers: { Authorization: 'Bearer abc' } },
  },
  'a body read as a stream': {
    handler: async (req, res) => {
      res.end((await readBody(req, 100)).toString())
    },
    request: { method: 'POST', body: 'name=ada' },
  },
  'no body at all': {
    handler: async (req, res) => {
      res.end(`${(await readBody(req, 100)).length} bytes`)
    },
  },
  'writing the head twice throws': {
    handler: async (_req, res) => {
      res.writeHead(200, { 'x-first': 'yes' })
      try {
        res.writeHead(500)
        res.end('written twice')
      } catch {
        res.end('it threw')
      }
    },
  },
}

t.test('the mock and node agree on', async (t) => {
  for (const [what, { handler, request = {} }] of Object.entries(agreements)) {
    t.test(what, async (t) => {
      t.same(await throughTheMock(handler, request), await throughNode(handler, request))
    })
  }
})

t.test('two mock requests share nothing', async (t) => {
  const first = mockRequest()
  first.headers.authorization = 'left behind'
  t.same(mockRequest().headers, {})
})

t.test('a second answer is a mistake that the mock does not hide', async (t) => {
  const res = new MockResponse()
  res.end('first')
  t.equal(
    messageOf(() => res.end('second')),
    'Cannot end the answer: it has ended',
  )
})
