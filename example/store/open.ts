import { mkdirSync, statSync } from 'node:fs'
import { Level } from 'level'
import { MemoryLevel } from 'memory-level'
import * as v from 'valibot'
import { refuseDamaged } from './damage.ts'
import { StoreNotOpened } from './errors.ts'
import { type Database, LevelStore } from './level.ts'
import type { RecordStore } from './types.ts'

/** Holds some millions of session records, so that a look-up seldom leaves memory. */
const cacheBytes = 64 * 1024 * 1024

/** The engines that a URL can name. */
export const storeUrlGrammar = /^(?:memory:|level:(.+))$/

/** The folder of a store on disk; `undefined` for a store in memory. */
export function storeFolder(url: string): string | undefined {
  return storeUrlGrammar.exec(url)?.[1]
}

/** Opens the engine that the URL names: `level:./data` on disk, or `memory:` for as long as the process lives. */
export async function openStore(url: string): Promise<RecordStore> {
  const folder = storeFolder(url)
  if (!storeUrlGrammar.test(url))
    throw new StoreNotOpened('its URL is neither memory: nor level: and a folder')
  if (folder === undefined) return await opened(new MemoryLevel<string, string>())
  makeFolder(folder)
  const db = new Level<string, string>(folder, { cacheSize: cacheBytes })
  const store = await opened(db, folder)
  try {
    refuseDamaged(folder)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Session records tell who was here and when: the folder is for its owner alone. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new StoreNotOpened(`the folder ${folder} cannot be made`, { cause })
  }
  // A folder that was there keeps its mode. Windows has other ways to say who may write.
  if (process.platform !== 'win32' && (statSync(folder).mode & 0o002) !== 0)
    throw new StoreNotOpened(`everybody may write into ${folder}. Run: chmod o-w ${folder}`)
}

const otherTerminal =
  'Is this server running in another terminal? Stop it there, or set STORE_URL and PORT'

const Locked = v.object({ cause: v.object({ code: v.literal('LEVEL_LOCKED') }) })

async function opened(db: Database, folder?: string): Promise<RecordStore> {
  try {
    await db.open()
    return new LevelStore(db)
  } catch (cause) {
    if (v.is(Locked, cause))
      throw new StoreNotOpened(`another process is using ${folder}. ${otherTerminal}`)
    throw new StoreNotOpened(`the files in ${folder} cannot be read or written`, { cause })
  }
}
