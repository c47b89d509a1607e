import { Fields } from './fields.ts'
import { logEntries } from './log.ts'

/** The files that hold the records. LevelDB removes all others when it opens. */
export interface LiveFiles {
  /** The number of the oldest log that counts; 0 before there is any. */
  readonly log: number
  readonly tables: ReadonlySet<number>
}

/** What LevelDB's MANIFEST says: it is a log of all changes to the set of files. Throws when it is damaged. */
export function liveFiles(manifest: Buffer): LiveFiles {
  const live: Changing = { log: undefined, tables: new Set() }
  for (const entry of logEntries(manifest)) {
    const fields = new Fields(entry)
    while (fields.more) applyNext(fields, live)
  }
  const { log, tables } = live
  if (log === undefined) throw new Error('its beginning is missing')
  return { log, tables }
}

interface Changing {
  log: number | undefined
  readonly tables: Set<number>
}

function applyNext(fields: Fields, live: Changing): void {
  switch (fields.number()) {
    case 1: // how keys are compared
      return fields.skipText()
    case 2:
      live.log = fields.number()
      return
    case 3: // the next number of a file
    case 4: // the last number of a write
    case 9: // a log before this one, of an older LevelDB
      return fields.skipNumber()
    case 5: // where a level was last compacted
      fields.skipNumber()
      return fields.skipText()
    case 6:
      fields.skipNumber() // the level
      return void live.tables.delete(fields.number())
    case 7:
      fields.skipNumber() // the level
      live.tables.add(fields.number())
      fields.skipNumber() // its size, its first key and its last
      fields.skipText()
      return fields.skipText()
    default:
      throw new Error('a change is of no known kind')
  }
}
