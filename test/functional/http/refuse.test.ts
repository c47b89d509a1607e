import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import t from 'tap'
import { readBody } from '../../../example/http/body.ts'
import type { Handler } from '../../../example/http/types.ts'
import { connected, raw } from '../../support/listening.ts'
import { settled } from '../../support/time.ts'
import { hello, holding, start } from './real-server.ts'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const garbage = 'x\r\n\r\n'

/** The statuses of all answers on one connection, in their order, until the server closes it. */
async function statuses(bytes: string, handler = hello): Promise<string[]> {
  const server = await start(handler)
  try {
    const answer = await raw(server.port, bytes)
    return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status)
  } finally {
    await server.stop()
  }
}

t.test('what is no request', async (t) => {
  t.test('behind requests: their answers come first, and then goodbye', async (t) => {
    t.same(await statuses(get.repeat(3) + garbage), ['200', '200', '200'])
  })

  t.test(
    'in many packets behind a request: one answer, and nothing is kept for each',
    async (t) => {
      const { handler, requests, letGo } = holding()
      let listeners = 0
      const server = await start(async (req, res) => {
        await handler(req, res)
        listeners = (res as ServerResponse).listenerCount('close')
      })
      const { socket, answer } = await connected(t, server.port)
      socket.write(get)
      await requests(1)
      for (let packet = 0; packet < 20; packet += 1) {
        socket.write(garbage)
        await settled()
      }
      const closed = once(socket, 'close')
      letGo()
      await closed
      await server.stop()
      t.match(answer(), /^HTTP\/1\.1 200 OK\r\n/)
      t.ok(listeners < 10, `${listeners} listeners`)
    },
  )

  t.test('behind a request that is said to be the last: that one is answered', async (t) => {
    const last = get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
    t.same(await statuses(last + get), ['200'])
  })

  t.test('in the middle of a body: 400, since its request will never be whole', async (t) => {
    const chunked = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
    const read: Handler = async (req, res) => {
      await readBody(req, 100).catch(() => {})
      await hello(req, res)
    }
    t.same(await statuses(`${chunked}zz\r\n`, read), ['400'])
  })
})

t.test('who asks for another protocol is answered in ours, and then goodbye', async (t) => {
  const upgrade = get.replace('\r\n\r\n', '\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
  t.same(await statuses(upgrade), ['200'])
  // Node drops the head of the second request, and would take its body for a third one.
  const smuggling = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${get.length}\r\n\r\n`
  const server = await start(hello)
  const { socket, answer } = await connected(t, server.port)
  socket.write(upgrade + smuggling)
  await once(socket, 'data')
  socket.write(get)
  await once(socket, 'close')
  await server.stop()
  t.equal(answer().split('hello').length - 1, 1)
})

t.test('whoever expects something is answered as all are', async (t) => {
  const expecting = get.replace('\r\n\r\n', '\r\nExpect: x\r\nConnection: close\r\n\r\n')
  t.same(await statuses(expecting), ['200'])
})

t.test('HTTP/1.0 knows no chunks: 400, and what stands behind them is no request', async (t) => {
  const head = 'POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n'
  t.same(await statuses(`${head}0\r\n\r\n${get}`), ['400'])
})
