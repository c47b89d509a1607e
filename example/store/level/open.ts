import { Level } from 'level'
import * as v from 'valibot'
import { StoreNotOpened } from '../errors.ts'
import { folderWarning, makeFolder } from '../folder.ts'
import type { RecordStore } from '../types.ts'
import { refuseDamaged } from './damage.ts'
import { proveFiles } from './files.ts'
import { proveRoom } from './room.ts'
import { LevelStore } from './store.ts'

/** Holds some millions of small records, so that a look-up seldom leaves memory. */
const cacheBytes = 64 * 1024 * 1024

/** Opens the LevelDB in this folder, which is made on the first start. */
export async function openLevel(
  folder: string,
  onWarning: (warning: string) => void,
): Promise<RecordStore> {
  const badFolder = makeFolder(folder)
  if (badFolder !== undefined) throw new StoreNotOpened(badFolder)
  // Before there is a Level: it opens by itself.
  refuseDamaged(folder)
  await proveNobodysFiles(folder)
  const db = new Level<string, string>(folder, { cacheSize: cacheBytes })
  await openFiles(db, folder)
  const warning = folderWarning(folder)
  if (warning !== undefined) onWarning(warning)
  return new LevelStore(db, async () => {
    await proveRoom(folder)
    await db.close()
    refuseDamaged(folder)
    await openFiles(db, folder)
  })
}

/** What another process is writing may look damaged. */
async function proveNobodysFiles(folder: string): Promise<void> {
  try {
    proveFiles(folder)
  } catch (damage) {
    // LevelDB asks for its lock before it finds that it is not to open what is there.
    const asking = new Level(folder, { createIfMissing: false, errorIfExists: true })
    await asking.open().catch((cause) => refuseLocked(cause, folder))
    throw damage
  }
}

async function openFiles(db: Level<string, string>, folder: string): Promise<void> {
  try {
    await db.open()
  } catch (cause) {
    refuseLocked(cause, folder)
    throw new StoreNotOpened(
      v.is(Full, cause)
        ? `the disk that holds ${folder} is full. Make room, and start again`
        : `the files in ${folder} cannot be read or written`,
      { cause },
    )
  }
  try {
    refuseDamaged(folder)
  } catch (error) {
    await db.close()
    throw error
  }
}

function refuseLocked(cause: unknown, folder: string): void {
  if (!v.is(Locked, cause)) return
  throw new StoreNotOpened(
    `another process is using ${folder}. ` +
      'Is this server running in another terminal? Stop it there, or set STORE_URL and PORT',
  )
}

const Locked = v.object({ cause: v.object({ code: v.literal('LEVEL_LOCKED') }) })

// LevelDB gives the system's words and no code; a quota fills up like a disk.
const Full = v.object({
  cause: v.object({
    message: v.pipe(v.string(), v.regex(/: (No space left on device|Disk quota exceeded)$/)),
  }),
})
