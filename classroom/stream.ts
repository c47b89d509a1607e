import { ServerResponse } from 'node:http'
import { securityHeaders } from '../example/http/headers.ts'
import type { HttpResponse } from '../example/http/types.ts'

const beatMilliseconds = 15_000 // a proxy takes a silent connection for a dead one

/** What pages show that look on: each is told at once how things stand, and again at every change. */
export class Streams {
  readonly #open = new Set<Stream>()
  readonly #sayProblem: (error: unknown) => string
  #ended = false

  /** `sayProblem` is what a page shows for as long as nothing else can be shown. */
  constructor(sayProblem: (error: unknown) => string) {
    this.#sayProblem = sayProblem
  }

  /** `watch` calls back at every change, and gives what ends that. */
  open(res: HttpResponse, show: () => string, watch: (tell: () => void) => () => void): void {
    let shown = ''
    const tell = () => {
      if (stream.isBehind) return // who reads slowly gets the last state, and none of those between
      const panel = this.#show(show)
      if (panel !== shown) stream.send('panel', panel)
      shown = panel
    }
    const stream = new Stream(res, {
      onReady: tell,
      onGone: () => {
        leave()
        this.#open.delete(stream)
      },
    })
    const leave = watch(tell)
    this.#open.add(stream)
    tell()
    if (this.#ended) stream.end()
  }

  /** Ends all of them, and whichever comes from now on. */
  end(): void {
    this.#ended = true
    for (const stream of this.#open) stream.end()
  }

  #show(show: () => string): string {
    try {
      return show()
    } catch (error) {
      return this.#sayProblem(error)
    }
  }
}

/**
 * Server-sent events, as browsers know them (the HTML standard, §9.2). A page whose connection was cut asks again by
 * itself, after a second.
 */
class Stream {
  readonly #res: ServerResponse

  constructor(res: HttpResponse, { onReady, onGone }: { onReady(): void; onGone(): void }) {
    if (!(res instanceof ServerResponse)) throw new TypeError('Cannot stream: it is no socket')
    this.#res = res
    res.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8' })
    res.write('retry: 1000\n\n')
    const beat = setInterval(() => {
      if (!this.isBehind) res.write(': still here\n\n')
    }, beatMilliseconds)
    res.on('drain', onReady)
    res.once('close', () => {
      clearInterval(beat)
      onGone()
    })
  }

  /** Whether what was sent has not been read. */
  get isBehind(): boolean {
    return this.#res.writableNeedDrain
  }

  /** One event; what it holds may have lines, and JSON has none. */
  send(event: string, data: unknown): void {
    this.#res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    this.#res.end()
  }
}
