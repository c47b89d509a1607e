import { existsSync } from 'node:fs'
import { transportHeaders } from '../http/headers.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { sayError } from '../http/say-error.ts'
import { openStore } from '../store/open.ts'
import { startSweeper } from '../store/sweeper.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { welcome } from './welcome.ts'

const now = () => Math.floor(Date.now() / 1000)

// A full disk, or a reader of the log who has left, must not end the sessions of everybody.
process.stdout.on('error', () => {})

try {
  if (existsSync('.env')) process.loadEnvFile('.env') // what the environment says already stands
  const config = readConfig(process.env)
  const log = createLog({
    level: config.logLevel,
    format: config.teaching ? 'people' : 'json',
    now,
    write: (line) => process.stdout.write(line),
  })
  const store = await openStore(config.storeUrl)
  const server = await listen({
    ...config,
    handler: createApp({ config, store, now, log }),
    headers: transportHeaders(config.publicOrigin),
    onAnswered:
      config.logLevel === 'info'
        ? ({ method, path, status, milliseconds }) =>
            log('info', `${method} ${path}`, { status, milliseconds })
        : undefined,
  })
  const sweeper = startSweeper({
    store,
    now,
    everySeconds: 60,
    onSwept: (count) => count > 0 && log('info', 'swept expired sessions', { count }),
    onError: (error) => log('error', 'cannot sweep', { reason: sayError(error) }),
  })
  process.stdout.write(welcome(config, server.port))

  const stop = async (signal: string) => {
    log('info', 'stopping', { signal })
    await server.stop()
    await sweeper.stop()
    await store.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // After an error that nobody caught nothing is certain any more: say so and go.
  process.once('uncaughtException', (error) => {
    log('error', 'uncaught error', { reason: sayError(error) })
    process.exit(1)
  })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
