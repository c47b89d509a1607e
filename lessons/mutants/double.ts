import { Readable } from 'node:stream'
import type { Handler, HttpRequest, HttpResponse } from '../../example/http/types.ts'
import type { Answer, Ask } from '../exchange.ts'

/**
 * Hands a request to a handler and returns its answer, without a socket. Request and response are
 * doubles, and new every time: what one test leaves in them, no other test can find.
 */
export async function askByDouble(handler: Handler, ask: Ask): Promise<Answer> {
  return await new Promise((answered, failed) => {
    handler(requestDouble(ask), responseDouble(answered)).catch(failed)
  })
}

function requestDouble({ method = 'GET', path = '/', headers = {}, body = '' }: Ask): HttpRequest {
  const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  const stream = Readable.from(body === '' ? [] : [Buffer.from(body)]) // read as a socket is read
  const socket = { remoteAddress: '192.0.2.1' }
  return Object.assign(stream, {
    method,
    url: path,
    headers: Object.fromEntries(lowerCased),
    socket,
  })
}

/** Keeps the head, and hands over the whole answer when it ends. */
function responseDouble(answered: (answer: Answer) => void): HttpResponse {
  let head: Omit<Answer, 'body'> | undefined
  return {
    writeHead(status, headers = {}) {
      if (head !== undefined) throw new Error('Cannot write the head: it has been sent')
      const entries = Object.entries(headers).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ])
      head = { status, headers: Object.fromEntries(entries) }
    },
    end(body = '') {
      answered({ ...(head ?? { status: 200, headers: {} }), body })
    },
  }
}
