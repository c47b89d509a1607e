import { readFileSync, type Stats, statSync } from 'node:fs'

/** What a file says, and who may use it. No pipe is read, since that may take forever. */
export function readPlainFile(path: string): { text: string; stats: Stats } {
  let reason: string
  try {
    const stats = statSync(path)
    if (stats.isFile()) return { text: readFileSync(path, 'utf8'), stats }
    reason = stats.isDirectory() ? 'it is a folder' : 'it is no file'
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    reason = reasons[code] ?? code
  }
  throw new Error(`Cannot read ${path}: ${reason}`)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is a link to a file that is not there',
  EACCES: 'this user may not',
}
