import { MemoryLevel } from 'memory-level'
import { LevelStore } from './level.ts'
import { openLevel } from './open-level.ts'
import { openRedis, type RedisReports, type RedisSettings } from './open-redis.ts'
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
  if (where.engine === 'level') return await openLevel(where.folder, onWarning)
  if (where.engine !== 'memory') return await openRedis(where, redis, { onWarning, onConnection })
  const db = new MemoryLevel<string, string>()
  await db.open()
  return new LevelStore(db)
}

const defaultRedis: RedisSettings = {
  connectMilliseconds: 2000,
  commandMilliseconds: 500,
  waitReplicas: 0,
}

function ignore(): void {}
