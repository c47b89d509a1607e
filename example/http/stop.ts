import type { Server } from 'node:http'
import { type Socket, Server as SocketServer } from 'node:net'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { promiseNoMore, type UnderWay } from './under-way.ts'

/**
 * Gives a function that stops this server without losing a request that is on its way. The last answer on each connection
 * says that it is, since a client that expects another one would ask in vain (RFC 9112 §9.6).
 */
export function stopOf(
  server: Server,
  underWay: UnderWay,
  { graceMilliseconds, stopSeconds }: { graceMilliseconds: number; stopSeconds: number },
): () => Promise<void> {
  const connections = new Set<Socket>()
  let letIn = 0
  server.on('connection', (socket: Socket) => {
    letIn += 1
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })

  /** Those in the kernel's queue have asked already, as far as they know. Node lets in one a turn. */
  async function letInWhoWaits(): Promise<void> {
    for (let spans = 0; spans < mostSpans; spans += 1) {
      const before = letIn
      await wait(quietMilliseconds)
      await turn()
      if (letIn === before) return
    }
  }

  return async () => {
    await letInWhoWaits()
    // Not the close of an http server, which also ends idle connections, with what has come on them.
    const closed = new Promise((resolve) => SocketServer.prototype.close.call(server, resolve))
    const late = setTimeout(() => server.closeAllConnections(), stopSeconds * 1000)
    const promiseNoMoreOn = (socket: Socket) => promiseNoMore(underWay.on(socket))
    underWay.whenOneMore = promiseNoMoreOn
    connections.forEach(promiseNoMoreOn)
    await Promise.race([closed, wait(graceMilliseconds, undefined, { ref: false })])
    await turn() // what has come meanwhile is read
    underWay.whenNoneIsLeft = (socket) => socket.destroySoon()
    // Browsers open connections ahead, which ask nothing for now: nobody waits for those.
    for (const socket of connections) if (underWay.on(socket).length === 0) socket.destroySoon()
    await closed
    clearTimeout(late)
  }
}

/** The door closes when nobody has come for so long, or after two seconds of them. */
const quietMilliseconds = 20
const mostSpans = 100
