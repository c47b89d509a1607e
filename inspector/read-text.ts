import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Problem } from './problem.ts'

/** No token, key or key set that makes sense is longer, in bytes. */
const longestText = 65_536

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

/** Reads the file of an option. Its name is never shown: it could be a key, typed in the wrong place. */
export async function readFileOf(option: string, path: string): Promise<string> {
  const cannot = `Cannot read the file of ${option}`
  const found = await stat(path).catch(() => undefined)
  if (found === undefined)
    throw new Problem(
      `${cannot}: there is no such file. Write a key into a file, download what is at an address, and give the name`,
    )
  // To open a pipe would be to wait for somebody who writes to it.
  if (!found.isFile())
    throw new Problem(`${cannot}: it is no file, but a folder, a pipe or a device`)
  try {
    return await readText(createReadStream(path), `the file of ${option}`)
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(`${cannot}: the system does not allow it`)
  }
}
