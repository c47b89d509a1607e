import { Readable } from 'node:stream'
import t from 'tap'
import { hasBody, readBody } from '../../../example/http/body.ts'
import type { HttpRequest } from '../../../example/http/types.ts'
import { mockRequest } from '../../support/mock-http.ts'
import { httpRejectionOf } from '../../support/refusal.ts'

const LIMIT = 10

const refusal = (req: HttpRequest) => httpRejectionOf(readBody(req, LIMIT))

/** A body that arrives in pieces, and the stream it comes from. */
function chunked(chunks: Iterable<Buffer>): HttpRequest & Readable {
  return Object.assign(Readable.from(chunks), { headers: {}, socket: {} })
}

const tooLarge = {
  status: 413,
  message: 'Cannot read the body: it is larger than 10 bytes',
  headers: { connection: 'close' },
}

t.test('readBody()', async (t) => {
  t.test('gives the bytes as they came', async (t) => {
    const body = Buffer.from([0, 255, 10, 13])
    t.strictSame(await readBody(mockRequest({ body }), LIMIT), body)
  })

  t.test('puts pieces together in their order', async (t) => {
    const body = await readBody(chunked(['ab', 'cd', 'ef'].map((s) => Buffer.from(s))), LIMIT)
    t.equal(body.toString(), 'abcdef')
  })

  t.test('without a body: no bytes', async (t) => {
    t.equal((await readBody(mockRequest(), LIMIT)).length, 0)
  })

  t.test('a body of just the limit is read', async (t) => {
    const req = mockRequest({ body: '0123456789', headers: { 'content-length': '10' } })
    t.equal((await readBody(req, LIMIT)).length, 10)
  })

  t.test('one byte more: 413, and the connection closes', async (t) => {
    t.strictSame(await refusal(mockRequest({ body: '0123456789a' })), tooLarge)
  })

  t.test('bytes are counted, not characters', async (t) => {
    t.strictSame(await refusal(mockRequest({ body: '😀😀😀' })), tooLarge)
  })

  t.test('an announced length above the limit: 413 before a byte is read', async (t) => {
    let read = false
    const req = {
      ...mockRequest({ headers: { 'content-length': '11' } }),
      async *[Symbol.asyncIterator]() {
        read = true
        yield Buffer.from('0')
      },
    }
    t.strictSame(await refusal(req), tooLarge)
    t.equal(read, false)
  })

  t.test('a body without an end: 413 as soon as the limit is passed', async (t) => {
    let sent = 0
    const endless = (function* () {
      for (;;) {
        sent += 4
        yield Buffer.from('0123')
      }
    })()
    const req = chunked(endless)
    t.strictSame(await refusal(req), tooLarge)
    t.ok(sent < 1000, `${sent} bytes were taken from the stream, and no more will be`)
    t.equal(req.destroyed, false, 'the socket lives: the 413 has to travel on it')
  })

  for (const encoding of ['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip', '']) {
    t.test(`a body packed with "${encoding}": 415`, async (t) => {
      const headers = { 'content-encoding': encoding }
      t.strictSame(await refusal(mockRequest({ headers, body: 'a' })), {
        status: 415,
        message: 'Cannot read the body: it is compressed',
        headers: { connection: 'close' },
      })
    })
  }

  t.test('"identity" means not packed', async (t) => {
    const req = mockRequest({ headers: { 'content-encoding': 'Identity' }, body: 'a=1' })
    t.equal((await readBody(req, LIMIT)).toString(), 'a=1')
  })

  t.test('a client that leaves half-way: 400, never a short body', async (t) => {
    const req = {
      ...mockRequest(),
      async *[Symbol.asyncIterator]() {
        yield Buffer.from('half')
        throw new Error('aborted')
      },
    }
    t.strictSame(await refusal(req), {
      status: 400,
      message: 'Cannot read the body: it ended half-way',
      headers: { connection: 'close' },
    })
  })
})

t.test('hasBody()', async (t) => {
  const answers: Record<string, [headers: Record<string, string>, expected: boolean]> = {
    'no header that announces one': [{}, false],
    'a length of 0': [{ 'content-length': '0' }, false],
    'a length': [{ 'content-length': '1' }, true],
    chunks: [{ 'transfer-encoding': 'chunked' }, true],
  }
  for (const [what, [headers, expected]] of Object.entries(answers)) {
    t.test(`${what}: ${expected}`, async (t) => {
      t.equal(hasBody(mockRequest({ headers })), expected)
    })
  }
})
