import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

// What is refused before any handler sees it.

/**
 * Does it send Host or Authorization twice? Node keeps the first; another reader on the way may keep the
 * last, and two readers must not see two requests (RFC 9112 §3.2).
 */
export function repeatsHeader({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0
  let authorizations = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase()
    if (name === 'host') hosts += 1
    if (name === 'authorization') authorizations += 1
  }
  return hosts > 1 || authorizations > 1
}

export function refuseRepeated(res: ServerResponse): void {
  res.writeHead(400, { connection: 'close', 'content-length': 0 })
  res.end()
}

/** What is not even a request gets its status and goodbye: there is nothing to hand to a handler. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const status = clientErrorStatus[String(error.code)] ?? 400
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0`
  socket.end(`${head}\r\n\r\n`)
  socket.destroySoon() // or the other side would keep its place as long as it keeps its end open
}

const clientErrorStatus: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}
