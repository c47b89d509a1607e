import type { RedisReports, RedisSettings } from './redis/open.ts'
import type { RecordStore } from './types.ts'
import { parseStoreUrl, type StoreUrl } from './url.ts'

export interface OpenOptions extends Partial<RedisReports> {
  readonly redis?: RedisSettings
}

/**
 * Opens the engine that the URL names: `level:./data`, `memory:`, `redis://host` and its kin.
 * Only that one is loaded: the client for Redis takes longer to load than all of LevelDB.
 */
export async function openStore(
  url: string | StoreUrl,
  { redis = defaultRedis, onWarning = ignore, onConnection = ignore }: OpenOptions = {},
): Promise<RecordStore> {
  const where = typeof url === 'string' ? parseStoreUrl(url) : url
  switch (where.engine) {
    case 'memory':
      return await (await import('./level/memory.ts')).openMemory()
    case 'level':
      return await (await import('./level/open.ts')).openLevel(where.folder, onWarning)
    default: {
      const { openRedis } = await import('./redis/open.ts')
      return await openRedis(where, redis, { onWarning, onConnection })
    }
  }
}

const defaultRedis: RedisSettings = {
  connectMilliseconds: 2000,
  commandMilliseconds: 500,
  waitReplicas: 0,
}

function ignore(): void {}
