// Node's http server, with nothing left to its defaults. Those are made for any use: a client may take five minutes for
// one request, and as many may come as there are sockets. Here every limit has a name and is a setting. What can be read
// in two ways is refused before a route sees it, since two programs, one behind the other, may read it differently.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerClientError, isAmbiguous, refuseAmbiguous } from './refuse.ts'
import { stopOf } from './stop.ts'
import type { Handler } from './types.ts'
import { UnderWay } from './under-way.ts'

/** Every limit of the server, in the open: node's own defaults let a slow client stay for five minutes. */
export interface Limits {
  readonly maxHeaderBytes: number
  readonly maxConnections: number
  /** For the request line and the headers. */
  readonly headersTimeoutSeconds: number
  /** For the whole request. */
  readonly requestTimeoutSeconds: number
  /** Between two requests on one connection. */
  readonly keepAliveSeconds: number
  /** For the requests on their way when the server is told to stop. */
  readonly graceMilliseconds: number
  /** For the answers under way when the server is told to stop. */
  readonly stopSeconds: number
}

export interface RunningServer {
  readonly port: number
  /** Takes no new connection, answers what is on its way, resolves when all connections are closed. */
  stop(): Promise<void>
}

/** One answered request, for the log: the path without its query, which may hold anything. */
export interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
}

/** Starts an http server for one handler and resolves when it listens. The handler answers every request. */
export async function listen(options: {
  handler: Handler
  host: string
  port: number
  limits: Limits
  /** Headers of every answer, besides those that the handler sends. */
  headers?: Readonly<Record<string, string>>
  onAnswered?: ((answered: Answered) => void) | undefined
}): Promise<RunningServer> {
  const { handler, host, port, limits, headers = {}, onAnswered } = options
  const always = Object.entries(headers)
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutSeconds * 1000,
    requestTimeout: limits.requestTimeoutSeconds * 1000,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    connectionsCheckingInterval: 1000,
  })
  const underWay = new UnderWay()
  const stop = stopOf(server, underWay, limits)
  server.on('request', (req, res) => {
    underWay.add(res, req.socket)
    // Node reads nothing that stands behind it in one packet: what comes next may be the middle of another
    // request. A server that changes no protocol may answer in its own (RFC 9110 §7.8), and then this connection ends.
    if (req.headers.upgrade !== undefined) res.shouldKeepAlive = false
    for (const [name, value] of always) res.setHeader(name, value)
    if (onAnswered) report(req, res, onAnswered)
    if (isAmbiguous(req)) return refuseAmbiguous(res)
    void handler(req, res)
  })
  server.maxConnections = limits.maxConnections
  server.maxHeadersCount = 0 // node would hide from us what comes after the first 2000
  // Also for those who ask and never read the answer: it would stay in memory.
  server.setTimeout(limits.requestTimeoutSeconds * 2000)
  server.on('clientError', answerClientError(underWay))
  // Node would answer whoever expects something by itself, past every limit and every header of ours.
  server.on('checkExpectation', (req, res) => server.emit('request', req, res))
  await listening(server, host, port)

  return { port: (server.address() as AddressInfo).port, stop }
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException // the 'error' event of a server
    const reason = listenErrors[String(code)] ?? message
    throw new Error(`Cannot listen on ${host}:${port}: ${reason}`, { cause })
  }
}

/** For the person who starts the server: what is wrong, and what to change. */
const listenErrors: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does. Set PORT to a free one',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST to use another',
  EACCES: 'this port needs more rights. Set PORT to 1024 or more',
}

function report(
  req: IncomingMessage,
  res: ServerResponse,
  onAnswered: (a: Answered) => void,
): void {
  const { method = '', url = '' } = req
  const start = performance.now()
  res.once('finish', () => {
    const milliseconds = Math.round(performance.now() - start)
    const path = url.replace(/\?.*/s, '').slice(0, 200)
    onAnswered({ method, path, status: res.statusCode, milliseconds })
  })
}
