import { ownFolder } from './attempt.ts'

const elsewhere = 'Put a clone of the repository where you may write, and start there.'
const away = 'Move it away, and start again.'

const sayings: Readonly<Record<string, readonly [what: string, wayOut: string]>> = {
  EROFS: ['this disk can only be read', elsewhere],
  EACCES: ['that is not allowed here', elsewhere],
  EPERM: ['that is not allowed here', elsewhere],
  ENOSPC: ['the disk is full', 'Make room, and try again.'],
  EDQUOT: ['the disk is full', 'Make room, and try again.'],
  ENOTDIR: ['a file stands where a folder should be', away],
  EEXIST: ['a file stands where a folder should be', away],
  ENOENT: ['it is not there', 'Put it back: git restore lessons'],
  EISDIR: ['a folder stands where a file should be', away],
  NOT_A_FILE: ['it is not an ordinary file', away],
  EFBIG: ['it is larger than 1 MB', away],
}

/** What happened and the way out, where a file of the learner's cannot be used; else the error's own words. */
export function sayError(error: unknown, root: string): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  const path = 'path' in error ? shorten(String(error.path), root) : `what is in ${ownFolder}/`
  const [what, wayOut] = sayings[code] ?? []
  return what === undefined ? error.message : `Cannot use ${path}: ${what}. ${wayOut}`
}

function shorten(path: string, root: string): string {
  return path.startsWith(root) ? path.slice(root.length + 1) : path
}
