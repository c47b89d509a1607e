import { mkdirSync, statSync } from 'node:fs'

/**
 * Makes this folder for its owner alone: session records tell who was here and when. Says why it is no place
 * for them, or for a secret; `undefined` when it will do.
 */
export function makeFolder(
  folder: string,
  wayOut = 'Name another folder in STORE_URL',
): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return `the folder ${folder} cannot be made: ${reasons[code] ?? code}. ${wayOut}`
  }
  // A folder that was there keeps its mode.
  if (!letsOthers(folder, 0o002)) return undefined
  return `everybody may write into ${folder}. Run: chmod o-w ${folder}`
}

/** What a folder that was there tells to others, or lets its group do; `undefined` when nothing. */
export function folderWarning(folder: string): string | undefined {
  if (!letsOthers(folder, 0o025)) return undefined
  return `others can read the folder ${folder}, or its group can write there. Run: chmod 700 ${folder}`
}

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
