import { MemoryLevel } from 'memory-level'
import type { RecordStore } from '../types.ts'
import { LevelStore } from './store.ts'

/** Records without a disk, by the same class as on one: they end with the process. */
export async function openMemory(): Promise<RecordStore> {
  const db = new MemoryLevel<string, string>()
  await db.open()
  return new LevelStore(db)
}
