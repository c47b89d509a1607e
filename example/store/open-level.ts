import { mkdirSync, statSync } from 'node:fs'
import { Level } from 'level'
import * as v from 'valibot'
import { refuseDamaged } from './damage.ts'
import { StoreNotOpened } from './errors.ts'
import { LevelStore } from './level.ts'
import { proveRoom } from './level-room.ts'
import type { RecordStore } from './types.ts'

/** Holds some millions of session records, so that a look-up seldom leaves memory. */
const cacheBytes = 64 * 1024 * 1024

/** Opens the LevelDB in this folder, which is made on the first start. */
export async function openLevel(folder: string): Promise<RecordStore> {
  makeFolder(folder)
  refuseDamaged(folder) // before there is a Level: it opens by itself
  const db = new Level<string, string>(folder, { cacheSize: cacheBytes })
  await openFiles(db, folder)
  return new LevelStore(db, async () => {
    await proveRoom(folder)
    await db.close()
    refuseDamaged(folder)
    await openFiles(db, folder)
  })
}

async function openFiles(db: Level<string, string>, folder: string): Promise<void> {
  try {
    await db.open()
  } catch (cause) {
    if (v.is(Locked, cause))
      throw new StoreNotOpened(`another process is using ${folder}. ${otherTerminal}`)
    throw new StoreNotOpened(`the files in ${folder} cannot be read or written`, { cause })
  }
  try {
    refuseDamaged(folder)
  } catch (error) {
    await db.close()
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
