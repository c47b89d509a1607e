import { once } from 'node:events'
import t from 'tap'
import type { Answered } from '../../../example/http/listen.ts'
import { connected, listening, raw } from '../../support/listening.ts'
import { hello, start } from './real-server.ts'

t.test('listen()', async (t) => {
  t.test('answers requests with the handler, on the port it says', async (t) => {
    const { url, port } = await listening(t, hello)
    t.ok(port > 0)
    const res = await fetch(url)
    t.equal(res.status, 200)
    t.equal(await res.text(), 'hello')
  })

  t.test('where it cannot listen: an error that says what to change', async (t) => {
    const { port } = await listening(t, hello)
    const nowhere = `${'a'.repeat(64)}.invalid` // no name has a part so long: nobody has to be asked
    const errors: Record<string, [host: string, port: number, reason: string]> = {
      'a port that is taken': ['127.0.0.1', port, 'another program does. Set PORT to a free one'],
      "an address of somebody else's": [
        '192.0.2.1',
        0,
        'this machine has no such address. Set HOST to use another',
      ],
      'what has no address': [nowhere, 0, `getaddrinfo ENOTFOUND ${nowhere}`],
    }
    for (const [what, [host, port, reason]] of Object.entries(errors)) {
      const error = await start(hello, { host, port }).catch((error) => error)
      t.equal(error.message, `Cannot listen on ${host}:${port}: ${reason}`, what)
      t.ok(error.cause instanceof Error)
    }
  })

  t.test('sends its headers with every answer, its own refusals too', async (t) => {
    const server = await start(hello, { headers: { 'x-always': 'yes' } })
    t.teardown(() => server.stop())
    const res = await fetch(`http://127.0.0.1:${server.port}`)
    t.equal(res.headers.get('x-always'), 'yes')
    const refused = await raw(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')
    t.match(refused, /^HTTP\/1\.1 400 Bad Request\r\nx-always: yes\r\n/)
  })
})

t.test('onAnswered', async (t) => {
  const answered: Answered[] = []
  const server = await start(hello, { onAnswered: (one) => answered.push(one) })
  t.teardown(() => server.stop())
  const url = `http://127.0.0.1:${server.port}`

  t.test('is told of each answer: method, path, status and time', async (t) => {
    answered.length = 0
    await (await fetch(`${url}/home`, { method: 'POST' })).text()
    t.equal(answered.length, 1)
    t.hasStrict(answered[0], { method: 'POST', path: '/home', status: 200 })
    t.ok(Number.isInteger(answered[0]?.milliseconds))
  })

  t.test('is told no query, which may hold anything, and no endless path', async (t) => {
    answered.length = 0
    await (await fetch(`${url}/home?token=secret?more`)).text()
    await (await fetch(`${url}/${'a'.repeat(1000)}`)).text()
    t.strictSame(
      answered.map(({ path }) => path),
      ['/home', `/${'a'.repeat(199)}`],
    )
  })

  t.test('is told of refused twins', async (t) => {
    answered.length = 0
    await raw(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')
    t.strictSame(
      answered.map(({ status }) => status),
      [400],
    )
  })
})

t.test('a name that must not come twice may be a value', async (t) => {
  const { port } = await listening(t, hello)
  const lines = ['GET / HTTP/1.1', 'Host: host', 'X: host', 'Y: authorization', 'Connection: close']
  t.match(await raw(port, [...lines, '', ''].join('\r\n')), /^HTTP\/1\.1 200 OK\r\n/)
})

t.test('what is not even a request', async (t) => {
  const { port, url } = await listening(t, hello, { maxHeaderBytes: 2048 })

  const refused = {
    'no HTTP at all': ['hello?\r\n\r\n', '400 Bad Request'],
    'headers above the limit': [
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(3000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
  } as const
  for (const [what, [bytes, status]] of Object.entries(refused)) {
    t.test(`${what}: ${status} and goodbye`, async (t) => {
      t.equal(
        await raw(port, bytes),
        `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      )
    })
  }

  t.test('a client that is gone in the middle of its request gets no answer', async (t) => {
    const { socket } = await connected(t, port)
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
    await once(socket, 'data')
    socket.resetAndDestroy()
    await once(socket, 'close')
    t.equal(await (await fetch(url)).text(), 'hello', 'and nobody else notices')
  })
})
