import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'

const mostBytes = 1_000_000

/**
 * The text of a file that the learner may have changed; `undefined` where there is none. It is looked
 * at before it is opened, since reading a pipe would wait forever.
 * @throws Error with `code` and `path` where it is no file, or too large for anything that was typed
 */
export function readOwnFile(path: string, most = mostBytes): string | undefined {
  if (!existsSync(path)) return undefined
  const found = statSync(path)
  if (found.isDirectory()) throw unusable('EISDIR', path)
  if (!found.isFile()) throw unusable('NOT_A_FILE', path)
  if (found.size > most) throw unusable('EFBIG', path)
  return readFileSync(path, 'utf8')
}

/** The same text whichever system its editor is on: some begin it with a mark, or end lines with two characters. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
}

/**
 * Writes a file whole beside its place, and puts it there in one step: a full disk leaves what stood there,
 * and nothing else. What stood there goes `aside` where that is wanted.
 */
export function replaceFile(path: string, content: string | Uint8Array, aside?: string): void {
  const fresh = `${path}.${process.pid}.new` // a second guide may write, too
  try {
    rmSync(fresh, { force: true })
    writeFileSync(fresh, content, { flag: 'wx' }) // follows no link, waits for no pipe
    if (aside !== undefined) renameSync(path, aside)
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true, recursive: true })
    throw error
  }
}

/** One folder at a time: told to make several, node calls a disk that can only be read "not there". */
export function makeFolder(path: string): void {
  if (!existsSync(path)) mkdirSync(path)
}

function unusable(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path })
}
