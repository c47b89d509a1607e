import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t, { type Test } from 'tap'
import type { Limits } from '../../example/http/listen.ts'
import { testApp } from '../support/fixtures.ts'
import { connected, listening, raw } from '../support/listening.ts'

// S93 to S96. RFC 9110 §15.5.9 (408), §15.5.14 (413), RFC 6585 §5 (431). A connection costs an
// attacker nothing and the server a socket: so every part of a request has a limit, in time and in
// bytes, and while some clients are slow, the others are served. Time here is real, a second or two:
// each test waits for the server to close, and measures nothing.

const patient = { headersTimeoutSeconds: 60, requestTimeoutSeconds: 60, keepAliveSeconds: 60 }
const hastyWithHeaders = { headersTimeoutSeconds: 1 }
const hastyWithBodies = { headersTimeoutSeconds: 1, requestTimeoutSeconds: 1 }

async function server(t: Test, replaced: Partial<Limits> = {}) {
  const { app } = await testApp()
  const { url, port } = await listening(t, app, { ...patient, ...replaced })
  return { port, serves: async () => (await fetch(`${url}/home`)).status === 200 }
}

const get = 'GET /home HTTP/1.1\r\nHost: localhost\r\n'
const post =
  'POST /auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n'

t.test('a client that is slow is closed, a hundred at a time', async (t) => {
  t.jobs = 8 // all of these wait: together, it is only once
  const together = () => ({ buffered: true }) // a new one each time: tap writes into it
  const slow = {
    'in the request line': ['GET /ho', hastyWithHeaders],
    'in the headers': [`${get}X-Slow: `, hastyWithHeaders],
    'in the body': [`${post}Content-Length: 100\r\n\r\nusername=`, hastyWithBodies],
    'in a chunk': [`${post}Transfer-Encoding: chunked\r\n\r\nff\r\nusername=`, hastyWithBodies],
  } as const
  for (const [where, [bytes, limits]] of Object.entries(slow)) {
    t.test(`${where}: 408, and others are served meanwhile`, together(), async (t) => {
      const { port, serves } = await server(t, limits)
      const answers = Promise.all(Array.from({ length: 100 }, () => raw(port, bytes)))
      t.ok(await serves())
      for (const answer of await answers) t.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
    })
  }

  t.test('before its first byte: closed', together(), async (t) => {
    const { port } = await server(t, hastyWithHeaders)
    const { socket } = await connected(t, port)
    t.ok(await once(socket, 'close'))
  })

  t.test('and keeps its end open: closed, and its place is free', together(), async (t) => {
    const { port } = await server(t, { ...hastyWithHeaders, maxConnections: 1 })
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    t.teardown(() => socket.destroy())
    socket.write(get)
    const [refusal] = await once(socket, 'data')
    t.match(String(refusal), /^HTTP\/1\.1 408 /)
    const home = `${get}Connection: close\r\n\r\n`
    let answer = ''
    while (answer === '') answer = await raw(port, home) // closed without a word while there is no place
    t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  })

  t.test('and sends a byte of a header now and then: that buys no time', together(), async (t) => {
    const { port } = await server(t, hastyWithHeaders)
    const { socket } = await connected(t, port)
    socket.write(get)
    const dripping = setInterval(() => socket.write('x'), 50)
    t.teardown(() => clearInterval(dripping))
    const [answer] = await once(socket, 'data')
    t.match(String(answer), /^HTTP\/1\.1 408 /)
  })

  t.test('to read what it asked for: closed, and its place is free', together(), async (t) => {
    const { port } = await server(t, {
      ...hastyWithBodies,
      keepAliveSeconds: 1,
      maxConnections: 1,
    })
    const { socket } = await connected(t, port)
    socket.pause() // it asks for more than all buffers on the way can hold, and reads nothing
    socket.write('GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2000))
    const home = `${get}Connection: close\r\n\r\n`
    let answer = ''
    while (answer === '') answer = await raw(port, home) // closed without a word while there is no place
    t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  })

  t.test('to ask again on its connection: closed', together(), async (t) => {
    const { port } = await server(t, { keepAliveSeconds: 1 })
    const answer = await raw(port, `${get}\r\n`)
    t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
    t.match(answer, /^Connection: keep-alive\r$/im, 'it was not closed for another reason')
  })
})

t.test('a request head that is too large: 431, and the server goes on', async (t) => {
  const { port, serves } = await server(t)
  const large = {
    'one header of 17 KB': `${get}X: ${'x'.repeat(17_408)}\r\n\r\n`,
    'many headers': `${get}${'X: y\r\n'.repeat(10_000)}\r\n`,
    'a URL of 20 KB': `GET /${'x'.repeat(20_480)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  }
  for (const [what, bytes] of Object.entries(large)) {
    t.test(what, async (t) => {
      t.match(await raw(port, bytes), /^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
      t.ok(await serves())
    })
  }
})

t.test('a body that is too large', async (t) => {
  const tooLarge = {
    'by what it says: 413 before it comes': `${post}Content-Length: 11534336\r\n\r\n`,
    'by what comes: 413': `${post}Transfer-Encoding: chunked\r\n\r\n5000\r\n${'x'.repeat(0x5000)}\r\n0\r\n\r\n`,
  }
  for (const [what, bytes] of Object.entries(tooLarge)) {
    t.test(what, async (t) => {
      const { port, serves } = await server(t)
      t.match(await raw(port, bytes), /^HTTP\/1\.1 413 Payload Too Large\r\n/)
      t.ok(await serves())
    })
  }

  t.test('without an end: cut off, however fast it comes', async (t) => {
    const { port, serves } = await server(t)
    const { socket } = await connected(t, port)
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
    const endless = (function* () {
      yield Buffer.from(`${post}Transfer-Encoding: chunked\r\n\r\n`)
      for (;;) yield chunk
    })()
    const error = await pipeline(Readable.from(endless), socket).catch((error) => error)
    t.ok(error instanceof Error, 'the server closed the connection: it would never have ended')
    t.ok(await serves())
  })
})

t.test('connections above the limit are closed at once, and room is given again', async (t) => {
  const { port, serves } = await server(t, { maxConnections: 5 })
  const kept = await Promise.all(Array.from({ length: 5 }, () => connected(t, port)))
  for (const { socket } of kept) {
    socket.write(`${get}\r\n`)
    await once(socket, 'data')
  }
  const turnedAway = Array.from({ length: 50 }, () => raw(port, `${get}\r\n`))
  for (const answer of await Promise.all(turnedAway)) t.equal(answer, '')

  for (const { socket } of kept) socket.destroy()
  // The server hears of it in its own time: a client would try again, and so do we.
  while (!(await serves().catch(() => false)));
  t.pass('served again')
})
