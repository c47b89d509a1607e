import { once } from 'node:events'
import t from 'tap'
import { testConfig } from '../../support/fixtures.ts'
import { connected } from '../../support/listening.ts'
import { settled } from '../../support/time.ts'
import { hello, holding, start } from './real-server.ts'

t.test('stop()', async (t) => {
  t.test('finishes the answer under way, and then takes no connection', async (t) => {
    const { handler, requests, letGo } = holding()
    const server = await start(handler)
    const url = `http://127.0.0.1:${server.port}`
    const answer = fetch(url)
    await requests(1)
    let stopped = false
    const stop = server.stop().then(() => (stopped = true))
    await settled()
    t.equal(stopped, false)
    letGo()
    t.equal(await (await answer).text(), 'late')
    await stop
    const refused = await fetch(url).catch((error) => error)
    t.equal(refused.cause.code, 'ECONNREFUSED')
  })

  t.test('closes idle connections at once', async (t) => {
    const server = await start(hello)
    const { socket } = await connected(t, server.port)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
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

  t.test('nor for one that was silent while the last answer was under way', async (t) => {
    const { handler, requests, letGo } = holding()
    const server = await start(handler)
    const { socket } = await connected(t, server.port)
    const closed = once(socket, 'close')
    const answer = fetch(`http://127.0.0.1:${server.port}`)
    await requests(1)
    const stopped = server.stop()
    letGo()
    t.equal(await (await answer).text(), 'late')
    await stopped
    await closed
  })

  t.test('what still comes on an open connection is answered, as the last on it', async (t) => {
    const { handler, requests, letGo } = holding()
    const server = await start(handler)
    const { socket, answer } = await connected(t, server.port)
    socket.write('GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await requests(1)
    const stopped = server.stop()
    socket.write('GET /second HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await requests(2)
    letGo()
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
