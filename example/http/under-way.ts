import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers of a server that have not been sent, by connection. */
export class UnderWay {
  /** Not in one Set for all: each old table of a Set refers to the next, and so what has left it stays in memory for a while. */
  readonly #answers = new WeakMap<Socket, ServerResponse[]>()

  /** What happens to a connection that has asked once more. */
  whenOneMore: (socket: Socket) => void = () => {}
  /** What happens to a connection whose last answer has been sent, or given up. */
  whenNoneIsLeft: (socket: Socket) => void = () => {}

  /** Lists an answer until it has been sent, or given up. */
  add(res: ServerResponse, socket: Socket): void {
    const answers = this.#answers.get(socket) ?? this.#begin(socket)
    answers.push(res)
    this.whenOneMore(socket)
    res.once('close', () => {
      answers.splice(answers.indexOf(res), 1)
      if (answers.length === 0) this.whenNoneIsLeft(socket)
    })
  }

  #begin(socket: Socket): ServerResponse[] {
    const answers: ServerResponse[] = []
    this.#answers.set(socket, answers)
    // Of a connection that has gone, node tells the answer whose turn it is, and none of those that stand behind it.
    socket.once('close', () => {
      for (const waiting of [...answers]) if (waiting.socket === null) waiting.emit('close')
    })
    return answers
  }

  on(socket: Socket): readonly ServerResponse[] {
    return this.#answers.get(socket) ?? []
  }
}

/** A client may have asked ahead: only the last answer says that the connection ends with it. */
export function promiseNoMore(answers: readonly ServerResponse[]): void {
  for (const answer of answers) answer.shouldKeepAlive = answer !== answers.at(-1)
}
