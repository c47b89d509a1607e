import type { Cluster, Redis } from 'ioredis'
import { within } from './deadline.ts'
import { StoreNotOpened } from './errors.ts'
import { RedisStore } from './redis.ts'
import { checkServers } from './redis-check.ts'
import { createClient, type RedisLimits } from './redis-client.ts'
import type { RecordStore } from './types.ts'
import type { RedisUrl } from './url.ts'

export interface RedisSettings extends RedisLimits {
  readonly waitReplicas: number
}

/** What the person who runs the server wants to know. */
export interface RedisReports {
  /** Something that would lose or leak sessions: one sentence. */
  readonly onWarning: (warning: string) => void
  /** The connection was lost, or is there again. */
  readonly onConnection: (state: 'lost' | 'back') => void
}

/** Connects within the limit, or throws StoreNotOpened with one sentence that holds no password. */
export async function openRedis(
  url: RedisUrl,
  settings: RedisSettings,
  { onWarning, onConnection }: RedisReports,
): Promise<RecordStore> {
  const client = createClient(url, settings)
  const durableClient = settings.waitReplicas > 0 ? createClient(url, settings) : client
  const store = new RedisStore(client, { ...settings, durableClient })
  const seen = lastErrorOf(client)
  lastErrorOf(durableClient)
  try {
    const opening = async () => {
      await Promise.all([...new Set([client, durableClient])].map((each) => each.connect()))
      return await checkServers(client, url)
    }
    for (const warning of await within(settings.connectMilliseconds, opening())) onWarning(warning)
  } catch (error) {
    await store.close()
    if (error instanceof StoreNotOpened) throw error
    const cause = seen() ?? error
    throw new StoreNotOpened(sayWhy(url, cause), { cause })
  }
  reportConnection(client, onConnection)
  return store
}

/** The first thing a connection says is wrong tells most: what follows is only "closed". */
function lastErrorOf(client: Redis | Cluster): () => unknown {
  let last: unknown
  const keep = (error: unknown) => {
    last = error
  }
  client.on('error', keep) // without a listener ioredis prints errors by itself
  client.on('node error', keep)
  return () => last
}

function reportConnection(client: Redis | Cluster, report: (state: 'lost' | 'back') => void): void {
  let state: 'lost' | 'back' = 'back'
  const change = (next: 'lost' | 'back') => () => {
    if (state !== next) report(next)
    state = next
  }
  client.on('reconnecting', change('lost'))
  client.on('ready', change('back'))
}

function sayWhy(url: RedisUrl, cause: unknown): string {
  const where = url.hosts.map(({ host, port }) => `${host}:${port}`).join(', ')
  const message = cause instanceof Error ? sayAll(cause) : ''
  const reason = reasons.find(([pattern]) => pattern.test(message))?.[1]
  return reason?.(where) ?? `Redis at ${where} does not answer as it should. Check STORE_URL`
}

/** An error of a Cluster hides the one of the last node that it asked. */
function sayAll(error: Error): string {
  const last = 'lastNodeError' in error ? error.lastNodeError : error.cause
  return last instanceof Error ? `${error.message} ${sayAll(last)}` : error.message
}

const reasons: ReadonlyArray<readonly [pattern: RegExp, say: (where: string) => string]> = [
  [/All sentinels/, (where) => `no sentinel at ${where} can name the master. Check STORE_URL`],
  [/ENOTFOUND|EAI_AGAIN/, (where) => `the host of ${where} is not known. Check STORE_URL`],
  [/ECONNREFUSED/, (where) => `no Redis answers at ${where}. Is it running? Check STORE_URL`],
  [/EHOSTUNREACH|ENETUNREACH/, (where) => `${where} cannot be reached. Check STORE_URL`],
  [
    /WRONGPASS|invalid password/,
    (where) => `Redis at ${where} refuses the user or the password in STORE_URL`,
  ],
  [
    /NOAUTH/,
    (where) =>
      `Redis at ${where} wants a password. Put it into STORE_URL: redis://user:password@host`,
  ],
  [/NOPERM/, (where) => `Redis at ${where} does not let the user in STORE_URL run what is needed`],
  [
    /cluster support disabled/,
    (where) => `Redis at ${where} is not a Cluster. Begin STORE_URL with redis:`,
  ],
  [/LOADING/, (where) => `Redis at ${where} still reads its records. Try again in a moment`],
  [
    /certificate|self.signed|SSL|TLS|EPROTO/i,
    (where) => `no TLS connection to ${where} that can be trusted. Check STORE_URL`,
  ],
  [/time(?:d )?out/i, (where) => `Redis at ${where} does not answer in time. Check STORE_URL`],
]
