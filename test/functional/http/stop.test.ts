import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import type { Handler } from '../../../example/http/types.ts'
import { testConfig } from '../../support/fixtures.ts'
import { connected, raw } from '../../support/listening.ts'
import { settled } from '../../support/time.ts'
import { until } from '../../support/until.ts'
import { hello, holding, start } from './real-server.ts'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

t.test('stop()', async (t) => {
  t.test('finishes the answer under way, and then takes no connection', async (t) => {
    const { handler, requests, letGo } = holding()
    const server = await start(handler)
    const url = `http://127.0.0.1:${server.port}`
    const answer = fetch(url)
    await requests(1)
    const { stopped } = await stopping(t, server)
    let isOver = false
    void stopped.then(() => (isOver = true))
    await settled()
    t.equal(isOver, false)
    letGo()
    t.equal(await (await answer).text(), 'late')
    await stopped
    const refused = await fetch(url).catch((error) => error)
    t.equal(refused.cause.code, 'ECONNREFUSED')
  })

  t.test('an answer under way says that it is the last on its connection', async (t) => {
    const { handler, requests, letGo } = holding()
    const server = await start(handler)
    const { socket, answer } = await connected(t, server.port)
    socket.write(get)
    await requests(1)
    const { stopped } = await stopping(t, server)
    letGo()
    await once(socket, 'close')
    await stopped
    t.match(answer(), /^HTTP\/1\.1 200 OK\r\n.*^connection: close\r\n.*late$/ims)
  })

  t.test('a request on its way is answered, also on a connection that was idle', async (t) => {
    const server = await start(hello)
    const fresh = await connected(t, server.port)
    const used = await connected(t, server.port)
    used.socket.write(get)
    await once(used.socket, 'data')
    const closed = [once(fresh.socket, 'close'), once(used.socket, 'close')]
    const stopped = server.stop()
    for (const { socket } of [fresh, used]) socket.write(get)
    await stopped
    await Promise.all(closed)
    t.equal(fresh.answer().split('hello').length - 1, 1)
    t.equal(used.answer().split('hello').length - 1, 2)
  })

  t.test('who asks ahead and vanishes keeps nobody: each answer is told', async (t) => {
    const told: string[] = []
    let asked = 0
    const server = await start(async ({ url = '' }, res) => {
      asked += 1
      const answer = res as ServerResponse // and never one
      answer.once('close', () => told.push(url))
    })
    const { socket } = await connected(t, server.port)
    socket.write(['/1', '/2', '/3'].map((path) => get.replace('/', path)).join(''))
    await until(() => asked === 3, 'all three')
    socket.destroy()
    await server.stop()
    t.same(told.sort(), ['/1', '/2', '/3'])
  })

  t.test('those who wait at the door are let in and answered', async (t) => {
    const server = await start(hello)
    const first = connect(server.port, '127.0.0.1')
    const answers = Array.from({ length: 40 }, () => raw(server.port, get))
    await once(first, 'connect') // the others as well, for all they know
    first.destroy()
    await server.stop()
    const answered = (await Promise.all(answers)).filter((answer) => answer.endsWith('hello'))
    t.equal(answered.length, 40)
  })

  t.test('an answer that is read slowly is not cut off', async (t) => {
    const size = 16 * 1024 * 1024 // more than all buffers on the way can hold
    const large: Handler = async (_req, res) => {
      res.writeHead(200, { 'content-length': size })
      res.end('x'.repeat(size))
    }
    const server = await start(large)
    const res = await fetch(`http://127.0.0.1:${server.port}`)
    const { stopped } = await stopping(t, server)
    let length = 0
    for await (const chunk of res.body ?? []) length += chunk.length
    t.equal(length, size)
    await stopped
  })

  t.test('closes idle connections', async (t) => {
    const server = await start(hello)
    const { socket } = await connected(t, server.port)
    socket.write(get)
    await once(socket, 'data')
    const closed = once(socket, 'close')
    await server.stop()
    t.same(await closed, [false], 'without an error')
  })

  const asking = { nothing: '', 'half a question': 'GET / HTTP/1.1\r\nHost:' }
  for (const [what, bytes] of Object.entries(asking)) {
    t.test(`does not wait for a connection that has asked ${what}`, async (t) => {
      const server = await start(hello)
      const { socket, answer } = await connected(t, server.port)
      if (bytes !== '') socket.write(bytes)
      await settled()
      const closed = new Promise((resolve) => socket.once('close', resolve)) // by a reset or without
      await server.stop()
      await closed
      t.equal(answer(), '')
    })
  }

  t.test('what still comes on an open connection is answered, as the last on it', async (t) => {
    const [early, late] = [holding(), holding()]
    const server = await start((req, res) => (req.url === '/' ? early : late).handler(req, res))
    const { socket, answer } = await connected(t, server.port)
    socket.write(get)
    await early.requests(1)
    const { stopped } = await stopping(t, server)
    socket.write('GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await late.requests(1)
    early.letGo()
    await once(socket, 'data')
    late.letGo()
    await once(socket, 'close')
    await stopped
    const [, first = '', second = ''] = answer().split('HTTP/1.1 200 OK\r\n')
    t.notMatch(first, /connection: close/i)
    t.match(second, /connection: close/i)
  })

  t.test('an answer that takes too long is cut off', async (t) => {
    const { handler, requests, letGo } = holding()
    const limits = { ...testConfig().limits, stopSeconds: 0 }
    const server = await start(handler, { limits })
    const answer = fetch(`http://127.0.0.1:${server.port}`).catch((error) => error)
    await requests(1)
    await server.stop()
    t.equal((await answer).cause.code, 'UND_ERR_SOCKET')
    letGo()
  })
})

/** Tells a server to stop, and goes on when it has closed a connection that asks nothing: all others have been told. */
async function stopping(t: Test, server: Awaited<ReturnType<typeof start>>) {
  const { socket } = await connected(t, server.port)
  const closed = once(socket, 'close')
  const stopped = server.stop()
  await closed
  return { stopped }
}
