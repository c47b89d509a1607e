import type { ConnectionOptions } from 'node:tls'
import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { freePort, RedisProcess } from './redis-process.ts'
import { until } from './until.ts'

export interface RedisServer {
  readonly port: number
  /** With the password, if it wants one. */
  readonly url: string
  readonly pid: number
  /** One command on a connection of its own. Fails after five seconds without an answer. */
  command(...args: string[]): Promise<unknown>
  /** Takes connections but answers nothing, as a server that hangs. */
  pause(): void
  resume(): void
  /** Resolves when it has ended: by SIGTERM it saves what it was told to save, by SIGKILL nothing. */
  end(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again after `end()`, on its port and in its folder; `wipe` removes its data first. */
  restart(options?: { wipe?: boolean; ready?: Ready }): Promise<void>
}

/** `ping`: it has its data and answers. `listening`: it may still be loading its data. */
export type Ready = 'ping' | 'listening'

export interface ServeOptions {
  url: (port: number) => string
  /** Lines of the configuration file. */
  settings: (port: number) => string[] | Promise<string[]>
  args?: string[]
  ready?: Ready
  port?: number
  /** What the admin's connection needs besides the port. */
  client?: Client
}

interface Client {
  password?: string
  tls?: ConnectionOptions
}

/** Where the end of the servers is arranged: a tap test, or what has only this of one. */
export type Teardown = Pick<Test, 'teardown'>

/** Starts any kind of redis-server; the kinds differ in their settings. */
export async function serve(t: Teardown, options: ServeOptions): Promise<RedisServer> {
  try {
    return await serveOn(t, options.port ?? (await freePort()), options)
  } catch (error) {
    // Another process may have taken the port since we looked.
    if (options.port !== undefined || !/address already in use/i.test(String(error))) throw error
    return await serveOn(t, await freePort(), options)
  }
}

async function serveOn(t: Teardown, port: number, options: ServeOptions): Promise<RedisServer> {
  const program = new RedisProcess(
    [...defaults, ...(await options.settings(port))],
    options.args ?? [],
  )
  t.teardown(() => program.remove())
  const command = (...args: string[]) => runCommand({ ...options.client, port }, args)

  const start = async (ready: Ready = 'ping') => {
    program.start()
    const answers = async () => {
      const info = String(await command('INFO'))
      const itself = info.includes(`process_id:${program.pid}\r`) // the port may be another's
      return itself && (ready === 'listening' || !/^loading:1/m.test(info))
    }
    await until(async () => !program.running || (await answers()), `Redis on port ${port} is ready`)
    if (!program.running) throw new Error(`Redis ended at its start: ${program.output}`)
  }
  try {
    await start(options.ready)
  } catch (error) {
    await program.remove()
    throw error
  }

  return {
    port,
    url: options.url(port),
    get pid() {
      return program.pid
    },
    command,
    pause: () => program.signal('SIGSTOP'),
    resume: () => program.signal('SIGCONT'),
    end: (signal) => program.end(signal),
    async restart({ wipe = false, ready = options.ready } = {}) {
      await program.end()
      if (wipe) program.wipe()
      await start(ready)
    },
  }
}

const defaults = [
  'bind 127.0.0.1',
  'protected-mode yes',
  'daemonize no',
  'save ""',
  'appendonly no',
  'repl-diskless-sync-delay 0', // by default a copy waits five seconds for more who want one
  'shutdown-timeout 2', // for replicas that are behind; by default ten seconds
]

async function runCommand(
  client: Client & { port: number },
  [name = '', ...args]: string[],
): Promise<unknown> {
  const redis = new Redis({
    host: '127.0.0.1',
    connectTimeout: 5000,
    commandTimeout: 5000,
    retryStrategy: () => null,
    enableReadyCheck: false, // a server that is loading answers some commands
    disableClientInfo: true, // older servers do not know it
    ...client,
  })
  // Tells why there is no connection; the command itself would only say that there is none.
  const failed = new Promise<never>((_, reject) => redis.on('error', reject))
  try {
    return await Promise.race([redis.call(name, ...args), failed])
  } finally {
    redis.disconnect()
  }
}
