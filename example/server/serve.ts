import cluster from 'node:cluster'
import { transportHeaders } from '../http/headers.ts'
import { listen } from '../http/listen.ts'
import { sayError } from '../http/say-error.ts'
import type { Handler, Log } from '../http/types.ts'
import { openStore } from '../store/open.ts'
import { startSweeper } from '../store/sweeper.ts'
import type { RecordStore } from '../store/types.ts'
import type { SharedConfig } from './settings.ts'

/** What runs until it is stopped: a server of one process, or the workers of one. */
export interface Running {
  readonly port: number
  stop(): Promise<void>
}

/** The whole server as one handler. */
export type CreateApp<Config> = (deps: {
  config: Config
  store: RecordStore
  now: () => number
  log: Log
}) => Handler

/** What stands between the server and its store, such as one that encrypts: it may refuse to start. */
export type WrapStore<Config> = (store: RecordStore, config: Config) => Promise<RecordStore>

/** Opens the store, listens, and sweeps now and then: all that one process does. */
export async function serve<Config extends SharedConfig>({
  config,
  createApp,
  wrapStore = async (store) => store,
  log,
  now,
}: {
  config: Config
  createApp: CreateApp<Config>
  wrapStore?: WrapStore<Config> | undefined
  log: Log
  now: () => number
}): Promise<Running> {
  const first = (cluster.worker?.id ?? 1) === 1 // all workers would say the same
  const opened = await openStore(config.storeUrl, {
    redis: config.redis,
    onWarning: (warning) => first && log('warn', warning),
    onConnection: (state) =>
      log(state === 'lost' ? 'error' : 'warn', `the connection to Redis is ${state}`),
  })
  const store = await wrapStore(opened, config)
  const { host, port, limits } = config
  const server = await listen({
    host,
    port,
    limits,
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
    onSwept: (count) => count > 0 && log('info', 'swept expired records', { count }),
    onError: (error) => log('error', 'cannot sweep', { reason: sayError(error) }),
  })
  return {
    port: server.port,
    async stop() {
      await server.stop()
      await sweeper.stop()
      await store.close()
    },
  }
}
