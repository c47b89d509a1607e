import { connect as connectPlain } from 'node:net'
import { type ConnectionOptions, connect as connectWithTls } from 'node:tls'
import { AbstractConnector } from 'ioredis'

/** How long an ended connection may take to close. */
const disconnectMilliseconds = 2000

/** What we need of the options that ioredis gives each connection; it fills in what nobody has said. */
interface Options {
  readonly host: string
  readonly port: number
  readonly tls?: ConnectionOptions
}

type Report = (event: string, error: Error) => void

/**
 * Connects as ioredis does by itself, and outlives what comes after: a TLS socket can report a second error when it
 * is closed already, and ioredis listens to the first one only. The second would end our process.
 */
export class Connector extends AbstractConnector {
  readonly #options: Options

  constructor(options: unknown) {
    super(disconnectMilliseconds)
    this.#options = options as Options
  }

  override async connect(_report: Report) {
    const { host, port, tls } = this.#options
    const stream = tls ? connectWithTls({ host, port, ...tls }) : connectPlain({ host, port })
    stream.on('error', (error) => {
      this.firstError ??= error
    })
    this.connecting = true
    this.stream = stream
    return stream
  }
}

/** Accepts a master alone. A replica may not know yet, or never, what was written last. */
export class MasterConnector extends Connector {
  #report: Report = () => {}

  override async connect(report: Report) {
    this.#report = report
    return await super.connect(report)
  }

  /** ioredis asks with what INFO says, and connects anew when the answer is no. */
  override check(info: { role?: string }): boolean {
    if (info.role !== 'slave') return true
    this.#report('error', new Error('READONLY The server is a replica'))
    return false
  }
}
