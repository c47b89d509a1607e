import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { listen, type RunningServer } from '../../example/http/listen.ts'
import { testConfig } from '../support/fixtures.ts'

const config = testConfig()
const minutes = {
  ...config.limits,
  headersTimeoutSeconds: 60,
  requestTimeoutSeconds: 60,
  keepAliveSeconds: 60,
}
const good = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** A server whose answers wait until the test lets them go. */
async function slowServer(stopSeconds = 60) {
  let letGo = () => {}
  const answer = new Promise<void>((resolve) => (letGo = resolve))
  let arrived = () => {}
  const asked = new Promise<void>((resolve) => (arrived = resolve))
  const server = await listen({
    ...config,
    port: 0,
    limits: { ...minutes, stopSeconds },
    handler: async (_req, res) => {
      arrived()
      await answer
      res.writeHead(200, { 'content-length': 4 })
      res.end('done')
    },
  })
  return { server, asked, letGo }
}

/** Sends some bytes and gives what came back by the time the connection ended. */
async function send({ port }: RunningServer, bytes: string) {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => (received += chunk))
  socket.on('error', () => {}) // a reset ends it as well
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  await once(socket, 'connect')
  socket.write(bytes)
  await new Promise(setImmediate) // now the server knows of it, too
  return { ended }
}

// Every limit is a minute: what ends sooner than the test's own patience was not waited for.

const idle = { 'has sent nothing yet': '', 'has sent half a head': 'GET / HTTP/1.1\r\nHost:' }
for (const [what, bytes] of Object.entries(idle)) {
  t.test(`a connection that ${what} does not hold up the stop`, { timeout: 10_000 }, async (t) => {
    const { server } = await slowServer()
    const { ended } = await send(server, bytes)
    await server.stop()
    t.equal(await ended, '')
  })
}

t.test('a connection kept alive after its answer does not', { timeout: 10_000 }, async (t) => {
  const { server, letGo } = await slowServer()
  letGo()
  t.equal(await (await fetch(`http://127.0.0.1:${server.port}`)).text(), 'done')
  await server.stop()
})

t.test('an answer under way is finished first', { timeout: 10_000 }, async (t) => {
  const { server, asked, letGo } = await slowServer()
  const silent = await send(server, '')
  const { ended } = await send(server, good)
  await asked
  let stopped = false
  const stop = server.stop().then(() => (stopped = true))
  await new Promise(setImmediate)
  t.equal(stopped, false)
  letGo()
  await stop
  t.match(await ended, /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\ndone$/s)
  t.equal(await silent.ended, '')
})

t.test('but not for ever: after the time that is set it is cut off', async (t) => {
  const { server, asked } = await slowServer(0.05)
  const { ended } = await send(server, good)
  await asked
  await server.stop()
  t.equal(await ended, '')
})

t.test('once it has stopped, nobody answers any more', async (t) => {
  const { server } = await slowServer()
  await server.stop()
  await t.rejects(fetch(`http://127.0.0.1:${server.port}`))
})
