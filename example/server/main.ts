import cluster from 'node:cluster'
import { setFlagsFromString } from 'node:v8'
import { createLog } from '../http/log.ts'
import { sayError } from '../http/say-error.ts'
import { readEnvFile } from './env-file.ts'
import { type CreateApp, serve, type WrapStore } from './serve.ts'
import type { SharedConfig } from './settings.ts'
import type { Given } from './types.ts'
import { startWorkers, WorkerNotStarted } from './workers.ts'

const now = () => Math.floor(Date.now() / 1000)

/**
 * What the program of every server does: reads the settings, serves, alone or with workers, and stops when it
 * is told to. Whatever keeps it from starting is said in a sentence, and the exit code is 1.
 */
export async function main<Config extends SharedConfig>(server: {
  /** The file with its settings: `.env`, unless it has one of its own. */
  envFile?: string
  /** Throws where the settings are wrong. */
  readConfig: (environment: Given, file: Given) => Config
  /** Values of settings with a secret's name that everybody knows. */
  wellKnown?: readonly string[]
  createApp: CreateApp<Config>
  wrapStore?: WrapStore<Config>
  /** What is printed when it is ready. */
  welcome: (config: Config, port: number) => string
}): Promise<void> {
  // V8 guesses which objects will live long. When a hundred connections open at once it may take the parts of an answer for such,
  // and then no answer is let go until all of memory is looked through: each takes 40 % longer (bench/PROFILE.md).
  setFlagsFromString('--no-allocation-site-pretenuring')

  // A full disk, or a reader of the log who has left, must not end the sessions of everybody.
  process.stdout.on('error', () => {})

  const { createApp, wrapStore } = server
  try {
    const config = server.readConfig(
      process.env,
      readEnvFile(server.envFile ?? '.env', server.wellKnown),
    )
    const log = createLog({
      level: config.logLevel,
      format: config.teaching ? 'people' : 'json',
      now,
      write: (line) => process.stdout.write(line),
    })
    const alone = config.workers === 1 || cluster.isWorker
    const running = alone
      ? await serve({ config, createApp, wrapStore, log, now })
      : await startWorkers({ count: config.workers, log })
    if (cluster.isPrimary) process.stdout.write(server.welcome(config, running.port))

    let stopping = false
    const stop = async (signal: string) => {
      if (stopping) return // Ctrl-C may come twice: from the terminal, and from npm or the primary
      stopping = true
      if (cluster.isPrimary) log('info', 'stopping', { signal })
      await running.stop()
      process.exit(0)
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    process.on('SIGHUP', stop) // the terminal was closed
    // After an error that nobody caught nothing is certain any more: say so and go.
    process.once('uncaughtException', (error) => {
      log('error', 'uncaught error', { reason: sayError(error) })
      process.exit(1)
    })
  } catch (error) {
    if (!(error instanceof WorkerNotStarted)) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
    process.exit(1)
  }
}
