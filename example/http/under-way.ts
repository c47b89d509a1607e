import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers of a server that have not been sent, by connection. */
export class UnderWay {
  /** Not in one Set for all: each old table of a Set refers to the next, and so what has left it stays in memory for a while. */
  readonly #answers = new WeakMap<Socket, readonly ServerResponse[]>()

  constructor(server: Server) {
    server.on('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
      this.#answers.set(socket, [...this.on(socket), res])
      res.once('close', () => {
        const left = this.on(socket).filter((one) => one !== res)
        this.#answers.set(socket, left)
      })
    })
  }

  on(socket: Socket): readonly ServerResponse[] {
    return this.#answers.get(socket) ?? []
  }
}

/** A client may have asked ahead: only the last answer says that the connection ends with it. */
export function promiseNoMore(answers: readonly ServerResponse[]): void {
  for (const answer of answers) answer.shouldKeepAlive = answer !== answers.at(-1)
}
