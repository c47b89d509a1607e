import cluster from 'node:cluster'
import { createLog } from '../http/log.ts'
import { sayError } from '../http/say-error.ts'
import { readConfig } from './config.ts'
import { readEnvFile } from './env-file.ts'
import { serve } from './serve.ts'
import { welcome } from './welcome.ts'
import { startWorkers, WorkerNotStarted } from './workers.ts'

const now = () => Math.floor(Date.now() / 1000)

// A full disk, or a reader of the log who has left, must not end the sessions of everybody.
process.stdout.on('error', () => {})

try {
  const config = readConfig(process.env, readEnvFile('.env'))
  const log = createLog({
    level: config.logLevel,
    format: config.teaching ? 'people' : 'json',
    now,
    write: (line) => process.stdout.write(line),
  })
  const alone = config.workers === 1 || cluster.isWorker
  const running = alone
    ? await serve(config, log, now)
    : await startWorkers({ count: config.workers, log })
  if (cluster.isPrimary) process.stdout.write(welcome(config, running.port))

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
