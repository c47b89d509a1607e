import type { Cluster, Redis } from 'ioredis'
import { StoreNotOpened } from '../errors.ts'
import type { RecordStore } from '../types.ts'
import type { RedisUrl } from '../url.ts'
import { checkServers } from './check.ts'
import { createClient, type RedisLimits } from './client.ts'
import { within } from './deadline.ts'
import { sayWhyNotOpened } from './errors.ts'
import { RedisStore } from './store.ts'

export interface RedisSettings extends RedisLimits {
  readonly waitReplicas: number
}

/** What the person who runs the server wants to know. */
export interface RedisReports {
  /** Something that would lose records, or show them to others: one sentence. */
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
  const clients = [...new Set([client, durableClient])]
  const lastErrors = clients.map(lastErrorOf)
  const store = new RedisStore(client, { ...settings, durableClient, lastError: lastErrors[0] })
  try {
    const opening = async () => {
      await Promise.all(clients.map((each) => each.connect()))
      // ioredis selects it, too, but keeps to itself when there is no such database.
      if (url.database > 0) await client.call('select', url.database)
      // Asks every master, so that a Cluster is connected to all of them before the first request.
      const warnings = await Promise.all(clients.map((each) => checkServers(each, url)))
      return new Set(warnings.flat())
    }
    for (const warning of await within(settings.connectMilliseconds, opening())) onWarning(warning)
  } catch (error) {
    await store.close()
    if (error instanceof StoreNotOpened) throw error
    const cause = lastErrors.map((last) => last()).find(Boolean) ?? error
    throw new StoreNotOpened(sayWhyNotOpened(url, cause), { cause })
  }
  reportConnection(client, onConnection)
  return store
}

/** What a connection said last before it was closed tells most: the promise only says that it was. */
function lastErrorOf(client: Redis | Cluster): () => unknown {
  let last: unknown
  const keep = (error: unknown) => {
    last = error
  }
  client.on('error', keep) // without a listener ioredis prints errors by itself
  client.on('node error', keep)
  client.on('ready', () => keep(undefined))
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
