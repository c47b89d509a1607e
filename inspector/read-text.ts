import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Problem } from './problem.ts'

/** No token, key or key set that makes sense is longer, in bytes. */
export const longestText = 65_536

/** Reads a text of bounded length; `what` is named when it is longer. */
export async function readText(
  source: AsyncIterable<Uint8Array | string>,
  what: string,
): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > longestText)
      throw new Problem(`Cannot read ${what}: it is longer than ${longestText} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
}

/** Reads the file of an option. Its name is never shown: it could be a key, typed in the wrong place. */
export async function readFileOf(option: string, path: string): Promise<string> {
  const cannot = `Cannot read the file of ${option}`
  if (path.includes('-----BEGIN') || path.trimStart().startsWith('{'))
    throw new Problem(`${cannot}: that is a key. Write it into a file, and give the name`)
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK to open a pipe is to wait for somebody who writes to it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    if (!(await file.stat()).isFile())
      throw new Problem(`${cannot}: it is no file, but a folder, a pipe or a device`)
    return await readText(file.createReadStream({ autoClose: false }), `the file of ${option}`)
  } catch (error) {
    if (error instanceof Problem) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Problem(`${cannot}: ${reasons[code] ?? 'the system does not allow it'}`)
  } finally {
    await file?.close()
  }
}
