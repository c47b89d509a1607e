import { openMemory } from './level/memory.ts'
import { openLevel } from './level/open.ts'
import { openRedis, type RedisReports, type RedisSettings } from './redis/open.ts'
import type { RecordStore } from './types.ts'
import { parseStoreUrl } from './url.ts'

export interface OpenOptions extends Partial<RedisReports> {
  readonly redis?: RedisSettings
}

/** Opens the engine that the URL names: `level:./data`, `memory:`, `redis://host` and its kin. */
export async function openStore(
  url: string,
  { redis = defaultRedis, onWarning = ignore, onConnection = ignore }: OpenOptions = {},
): Promise<RecordStore> {
  const where = parseStoreUrl(url)
  if (where.engine === 'memory') return await openMemory()
  if (where.engine === 'level') return await openLevel(where.folder, onWarning)
  return await openRedis(where, redis, { onWarning, onConnection })
}

const defaultRedis: RedisSettings = {
  connectMilliseconds: 2000,
  commandMilliseconds: 500,
  waitReplicas: 0,
}

function ignore(): void {}
