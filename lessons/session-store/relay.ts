import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** What stands between a server and its Redis, as a network does: it takes its time, and it may hang or be cut. */
export class Relay {
  readonly #server = createServer((client) => this.#join(client, this.#connect()))
  readonly #connect: () => Socket
  readonly #sockets = new Set<Socket>()
  #hangs = false
  #commandsLeft = Number.POSITIVE_INFINITY
  /** How long a command is on its way: when it is sent, nothing has happened yet. */
  milliseconds = 3
  /** How many bytes Redis has answered. */
  answered = 0

  constructor(connect: () => Socket) {
    this.#connect = connect
  }

  /** Gives the port of this machine that leads to Redis. */
  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  /** Whether somebody is connected. */
  get used(): boolean {
    return this.#sockets.size > 0
  }

  /** Takes what is said from now on, and brings it nowhere. */
  hang(): void {
    this.#hangs = true
  }

  /** Ends all connections, and takes no other. */
  cut(): void {
    this.#server.close()
    this.#commandsLeft = 0
    for (const socket of this.#sockets) socket.destroy()
  }

  get isCut(): boolean {
    return this.#commandsLeft === 0
  }

  /** Resolves when it has been cut, and nothing is on its way any more. */
  async over(): Promise<void> {
    await once(this.#server, 'close')
  }

  /** Redis gets so many commands more, and nobody its answer to the last: then all is cut. */
  cutAfter(commands: number): void {
    this.#commandsLeft = commands
  }

  #join(client: Socket, redis: Socket): void {
    client.on('data', async (said) => {
      await wait(this.milliseconds)
      if (!this.#hangs) this.#pass(said, redis)
    })
    redis.on('data', (answer) => {
      this.answered += answer.length
      if (!this.#hangs && !this.isCut) client.write(answer)
    })
    this.#endWith(client, redis)
    this.#endWith(redis, client)
  }

  /** Many commands may come in one piece, and a connection may end between any two of them. */
  #pass(said: Buffer, redis: Socket): void {
    if (this.isCut) return
    const commands = said.toString('latin1').split(commandBegins).slice(0, this.#commandsLeft)
    this.#commandsLeft -= commands.length
    redis.write(commands.join(''), 'latin1')
    if (!this.isCut) return
    this.#server.close()
    redis.end() // it does what it has got, and then hears that nobody is there
  }

  #endWith(one: Socket, other: Socket): void {
    this.#sockets.add(one)
    one.on('error', () => {}) // what follows is its end
    one.once('close', () => {
      this.#sockets.delete(one)
      other.destroy()
    })
  }
}

/** A command says how many words it has, and of each how long it is. */
const commandBegins = /(?<=\n)(?=\*\d+\r\n\$\d+\r\n)/
