import { createServer } from 'node:net'
import type { Test } from 'tap'

/** A server on a free port that answers each command so, in the protocol of Redis; gives its port. */
export async function answeringServer(
  t: Test,
  answer: (command: string) => string,
): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      // *2 $4 INFO $6 server: an array of texts, each behind its length.
      for (const [, name = ''] of String(chunk).matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g))
        socket.write(`${answer(name.toUpperCase())}\r\n`)
    })
    t.teardown(() => socket.destroy())
  })
  t.teardown(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A text as Redis sends it. */
export const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}`
