import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers of a server that have not been sent, by connection. */
export class UnderWay {
  readonly #answers = new Set<ServerResponse>()

  constructor(server: Server) {
    server.on('request', (_req: IncomingMessage, res: ServerResponse) => {
      this.#answers.add(res)
      res.once('close', () => this.#answers.delete(res))
    })
  }

  on(socket: Socket): ServerResponse[] {
    return [...this.#answers].filter(({ req }) => req.socket === socket)
  }
}

/** A client may have asked ahead: only the last answer says that the connection ends with it. */
export function promiseNoMore(answers: readonly ServerResponse[]): void {
  for (const answer of answers) answer.shouldKeepAlive = answer !== answers.at(-1)
}
