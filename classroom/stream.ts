import { ServerResponse } from 'node:http'
import { securityHeaders } from '../example/http/headers.ts'
import type { HttpResponse } from '../example/http/types.ts'

const beatMilliseconds = 15_000 // a proxy takes a silent connection for a dead one

/**
 * Server-sent events, as browsers know them (the HTML standard, §9.2): each message is sent to one page until that page has
 * gone. A page whose connection was cut asks again by itself after a second. Gives what sends, and what ends it.
 */
export class Stream {
  readonly #res: ServerResponse

  constructor(res: HttpResponse, onGone: () => void) {
    if (!(res instanceof ServerResponse)) throw new TypeError('Cannot stream: it is no socket')
    this.#res = res
    res.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8' })
    res.write('retry: 1000\n\n')
    const beat = setInterval(() => res.write(': still here\n\n'), beatMilliseconds)
    res.once('close', () => {
      clearInterval(beat)
      onGone()
    })
  }

  /** One event; what it holds may have lines, and JSON has none. */
  send(event: string, data: unknown): void {
    this.#res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    this.#res.end()
  }
}
