import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** What stands between a server and its Redis, as a network does: it takes its time, and it may hang or be cut. */
export class Relay {
  readonly #server = createServer((client) => this.#join(client, this.#connect()))
  readonly #connect: () => Socket
  readonly #sockets = new Set<Socket>()
  #state: 'well' | 'hangs' | 'cut at the next answer' = 'well'
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
    this.#state = 'hangs'
  }

  /** Ends all connections, and takes no other. */
  cut(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Resolves when it has been cut. */
  async over(): Promise<void> {
    await once(this.#server, 'close')
  }

  /** The next answer does not arrive any more, nor does whatever would have been said after it. */
  cutAtNextAnswer(): void {
    this.#state = 'cut at the next answer'
  }

  #join(client: Socket, redis: Socket): void {
    client.on('data', async (said) => {
      await wait(this.milliseconds)
      if (this.#state !== 'hangs') redis.write(said)
    })
    redis.on('data', (answer) => {
      this.answered += answer.length
      if (this.#state === 'cut at the next answer') this.cut()
      else if (this.#state === 'well') client.write(answer)
    })
    this.#endWith(client, redis)
    this.#endWith(redis, client)
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
