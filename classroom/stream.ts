import { ServerResponse } from 'node:http'
import { securityHeaders } from '../example/http/headers.ts'
import type { HttpResponse } from '../example/http/types.ts'

const beatMilliseconds = 15_000 // a proxy takes a silent connection for a dead one

/** What pages show that look on: each is told at once how things stand, and again at every change. */
export class Streams {
  readonly #open = new Set<Stream>()

  /** `watch` calls back at every change, and gives what ends that. */
  open(res: HttpResponse, show: () => string, watch: (tell: () => void) => () => void): void {
    let shown = ''
    const tell = () => {
      const panel = show()
      if (panel !== shown) stream.send('panel', panel)
      shown = panel
    }
    const stream = new Stream(res, () => {
      leave()
      this.#open.delete(stream)
    })
    const leave = watch(tell)
    this.#open.add(stream)
    tell()
  }

  end(): void {
    for (const stream of this.#open) stream.end()
  }
}

/**
 * Server-sent events, as browsers know them (the HTML standard, §9.2). A page whose connection was cut asks again by
 * itself, after a second.
 */
class Stream {
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
