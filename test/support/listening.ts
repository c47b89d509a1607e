import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { type Limits, listen } from '../../example/http/listen.ts'
import type { Handler } from '../../example/http/types.ts'
import { testConfig } from './fixtures.ts'

/** Puts a handler behind a real server on a free loopback port, until the test ends. */
export async function listening(
  t: Test,
  handler: Handler,
  limits: Partial<Limits> = {},
): Promise<{ url: string; port: number }> {
  const server = await listen({
    handler,
    host: '127.0.0.1',
    port: 0,
    limits: { ...testConfig().limits, graceMilliseconds: 0, stopSeconds: 1, ...limits },
  })
  t.teardown(() => server.stop())
  return { url: `http://127.0.0.1:${server.port}`, port: server.port }
}

/** A port on which somebody else listens, until the test ends. */
export async function takenPort(t: Test): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  return (other.address() as AddressInfo).port
}

/** A connection, and all that comes on it. */
export async function connected(
  t: Test,
  port: number,
): Promise<{ socket: Socket; answer: () => string }> {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.on('error', () => {}) // a server may close as it likes
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk))
  await once(socket, 'connect')
  return { socket, answer: () => answer }
}

/** Sends bytes as they are and gives back all that comes until the server closes. */
export function raw(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => (answer += chunk))
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}
