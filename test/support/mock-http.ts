import type { OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Handler, HttpRequest, HttpResponse } from '../../example/http/types.ts'

export interface RequestParts {
  method?: string
  url?: string
  headers?: Record<string, string>
  body?: string | Buffer
  remoteAddress?: string
}

/** What a handler answers to one request. */
export async function ask(handler: Handler, parts?: RequestParts): Promise<MockResponse> {
  const res = new MockResponse()
  await handler(mockRequest(parts), res)
  return res
}

/** A fresh request every time: `GET /`, no headers, no body, unless told otherwise. */
export function mockRequest({
  method = 'GET',
  url = '/',
  headers = {},
  body = '',
  remoteAddress = '192.0.2.1',
}: RequestParts = {}): HttpRequest {
  const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  // A real stream: the code under test reads it as it reads a socket.
  const stream = Readable.from(body.length === 0 ? [] : [Buffer.from(body)])
  const parts = { method, url, headers: Object.fromEntries(lowerCased), socket: { remoteAddress } }
  return Object.assign(stream, parts)
}

/** Writes down one answer. A second one throws, as node's own response does. */
export class MockResponse implements HttpResponse {
  status = 0
  headers: Record<string, string> = {}
  body = ''
  ended = false

  writeHead(status: number, headers: OutgoingHttpHeaders = {}): this {
    if (this.status !== 0) throw new Error('Cannot write the head: it has been sent')
    this.status = status
    for (const [name, value] of Object.entries(headers))
      this.headers[name.toLowerCase()] = String(value)
    return this
  }

  end(body = ''): this {
    if (this.ended) throw new Error('Cannot end the answer: it has ended')
    this.status ||= 200
    this.body = body
    this.ended = true
    return this
  }
}
