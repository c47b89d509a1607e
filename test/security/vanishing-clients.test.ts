// S106: clients that leave without a word leave nothing behind: no socket, no listener, no error.
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { appOfAda, formType, sessionToken } from '../support/fixtures.ts'
import { listening, raw } from '../support/listening.ts'

const clients = 300
const head = 'Host: localhost\r\n'
const type = `Content-Type: ${formType['content-type']}\r\n`
const cookie = `Cookie: session=${sessionToken()}\r\n`

/** What they have sent when they leave. */
const unfinished: Record<string, string> = {
  nothing: '',
  'half a request line': 'GET /priv',
  'half the headers': `GET /private HTTP/1.1\r\n${head}Authoriz`,
  'half a form': `POST /auth HTTP/1.1\r\n${head}${type}Content-Length: 50\r\n\r\nusername=`,
  'half a chunk': `POST /auth HTTP/1.1\r\n${head}${type}Transfer-Encoding: chunked\r\n\r\nff\r\nuser`,
  'a whole request': `GET /private HTTP/1.1\r\n${head}${cookie}\r\n`,
  'two requests and a half': `GET / HTTP/1.1\r\n${head}\r\nGET / HTTP/1.1\r\n${head}\r\nGET`,
}

/** The sockets of this process: those of the server's connections and those of the clients. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
}

function opened(port: number, bytes: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => resolve(socket)))
    socket.on('error', () => {})
  })
}

for (const [what, bytes] of Object.entries(unfinished)) {
  t.test(`${clients} clients that leave after ${what}`, async (t) => {
    const { app, events } = await appOfAda()
    const { port } = await listening(t, app)
    const before = openSockets()

    const sockets = await Promise.all(Array.from({ length: clients }, () => opened(port, bytes)))
    t.ok(openSockets() >= before + clients, 'they were there')
    for (const [index, socket] of sockets.entries()) {
      if (index % 2 === 0) socket.destroy()
      else socket.resetAndDestroy()
    }
    while (openSockets() > before) await nextTurn() // forever, if one is kept
    t.equal(openSockets(), before, 'all connections are closed')
    t.strictSame(events, [], 'nothing happened that the log should tell')
    const request = `GET /private HTTP/1.1\r\n${head}${cookie}Connection: close\r\n\r\n`
    t.match(await raw(port, request), /^HTTP\/1\.1 200 /, 'and the server goes on')
  })
}
