import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StoreNotOpened } from '../errors.ts'

// LevelDB drops the entries of its log that it cannot read, opens all the same, and tells only its own
// diary. The entry may have been the one that took a right away, and the text before it would stand again.
// Half an entry at the very end of a log is passed over without a word: that write was not answered.
const dropped = /dropping -?\d+ bytes|Ignoring error/

/** Throws when LevelDB has dropped entries when it opened this folder, now or earlier. */
export function refuseDamaged(folder: string): void {
  const mark = join(folder, 'DAMAGED')
  const diary = join(folder, 'LOG')
  // The diary is begun anew whenever the files are opened, so what it said has to be written down.
  if (existsSync(diary) && dropped.test(readFileSync(diary, 'utf8'))) writeFileSync(mark, '')
  if (!existsSync(mark)) return
  throw damaged(folder, 'LevelDB has dropped a part of its log')
}

export function damaged(folder: string, how: string): StoreNotOpened {
  return new StoreNotOpened(
    `the files in ${folder} are damaged, and changes may be lost with them: ${how}. ${wayOut}`,
  )
}

export function unreadable(path: string, why: string | undefined): StoreNotOpened {
  return new StoreNotOpened(
    `${path} cannot be read (${why}), and changes may be lost with it. ` +
      `Let this user read it, or begin anew. ${wayOut}`,
  )
}

const wayOut =
  'Move the folder away, but keep it: its records are lost to the server. Everybody signs in again, and accounts, if it held any, are gone'
