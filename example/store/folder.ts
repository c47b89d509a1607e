import { mkdirSync, statSync } from 'node:fs'
import { obeysChmod } from './modes.ts'

/**
 * Makes this folder for its owner alone: records tell who was here and when. Says why it is no place
 * for them, or for a secret; `undefined` when it will do.
 */
export function makeFolder(folder: string, orElse = ''): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return `the folder ${folder} cannot be made: ${reasons[code] ?? code}. Name another folder in STORE_URL${orElse}`
  }
  // A folder that was there keeps its mode.
  if (!letsOthers(folder, 0o002)) return undefined
  const what = `everybody may write into ${folder}`
  return obeysChmod(folder) ? `${what}. Run: chmod o-w ${folder}` : `${what}, ${noModes}${orElse}`
}

/** What a folder that was there tells to others, or lets its group do; `undefined` when nothing. */
export function folderWarning(folder: string): string | undefined {
  if (!letsOthers(folder, 0o025)) return undefined
  const what = `others can read the folder ${folder}, or its group can write there`
  return obeysChmod(folder) ? `${what}. Run: chmod 700 ${folder}` : `${what}, ${noModes}`
}

/** What stands behind the fault of a file or folder that no chmod can mend, with the way out. */
export const noModes =
  'and chmod changes nothing there, as on disks of Windows and some shares. Name a folder of another disk in STORE_URL, such as level:$HOME/jwt-data'

/** Windows has other ways to say who may. */
function letsOthers(folder: string, bits: number): boolean {
  return process.platform !== 'win32' && (statSync(folder).mode & bits) !== 0
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands there',
  ENOTDIR: 'a file stands in the way',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'this disk is for reading alone',
  ENOENT: 'a link on the way leads nowhere',
}
