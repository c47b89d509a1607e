import { connect } from 'node:tls'
import { AbstractConnector, type RedisOptions } from 'ioredis'

/** How long an ended connection may take to close. */
const disconnectMilliseconds = 2000

/**
 * Connects with TLS, as ioredis does by itself, and outlives what comes after: a TLS socket can report a second
 * error when it is closed already, and ioredis listens to the first one only. The second would end our process.
 */
export class TlsConnector extends AbstractConnector {
  readonly #options: RedisOptions

  /** ioredis gives each connection its options. */
  constructor(options: unknown) {
    super(disconnectMilliseconds)
    this.#options = options as RedisOptions
  }

  override async connect() {
    const { host = 'localhost', port = 6379, tls } = this.#options
    const stream = connect({ host, port, ...tls })
    stream.on('error', (error) => {
      this.firstError ??= error
    })
    this.connecting = true
    this.stream = stream
    return stream
  }
}
