import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { promiseNoMore, type UnderWay } from './under-way.ts'

// What is refused before any handler sees it.

/**
 * Would another reader on the way see another request? Node keeps the first Host or Authorization, where others may
 * keep the last (RFC 9112 §3.2), and HTTP/1.0 knows no chunks (§6.1).
 */
export function isAmbiguous({ rawHeaders, httpVersion, headers }: IncomingMessage): boolean {
  if (httpVersion === '1.0' && headers['transfer-encoding'] !== undefined) return true
  let hosts = 0
  let authorizations = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase()
    if (name === 'host') hosts += 1
    if (name === 'authorization') authorizations += 1
  }
  return hosts > 1 || authorizations > 1
}

export function refuseAmbiguous(res: ServerResponse): void {
  res.writeHead(400, { connection: 'close', 'content-length': 0 })
  res.end()
}

/**
 * What is not even a request gets its status and goodbye: there is nothing to hand to a handler. It never overtakes
 * answers to what came before it (RFC 9112 §9.3.2): those are sent, and the last one ends the connection.
 */
export function answerClientError(underWay: UnderWay) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    // Whoever has not sent a whole request waits for nothing but this.
    const earlier = underWay.on(socket).filter(({ req }) => req.complete)
    const last = earlier.at(-1)
    if (last !== undefined) {
      // Each further packet comes here, too; and whoever was told of the end already needs nothing more.
      if (last.shouldKeepAlive) last.once('close', () => socket.destroySoon())
      promiseNoMore(earlier)
      return
    }
    const status = clientErrorStatus[String(error.code)] ?? 400
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0`
    socket.end(`${head}\r\n\r\n`)
    socket.destroySoon() // or the other side would keep its place as long as it keeps its end open
  }
}

const clientErrorStatus: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}
