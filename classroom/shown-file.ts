import { realpathSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { HttpError } from '../example/http/errors.ts'
import { readOwnFile } from '../tutor/journey/own-file.ts'

/** What lessons link to: the folders that everybody has cloned. Never `my/`, `data/` or a name that begins with a dot. */
const folders = [
  'example',
  'inspector',
  'lessons',
  'test',
  'tutor',
  'classroom',
  'scripts',
  'bench',
]
const kinds = ['.ts', '.mjs', '.cjs', '.js', '.md', '.html', '.css', '.json', '.sh', '.txt', '.yml']

/**
 * The text of a file of this repository, named from its root.
 * @throws HttpError 404 for whatever is not one of those that are shown
 */
export function readShownFile(root: string, file: string): string {
  const [folder = '', ...rest] = file.split('/')
  const named = rest.every((part) => /^[\w-][\w.-]*$/.test(part)) && !rest.includes('node_modules')
  const placed = rest.length === 0 ? /^[A-Z]+\.md$/.test(folder) : folders.includes(folder)
  if (!named || !placed || !kinds.includes(extname(file))) throw notShown()
  const path = join(root, file)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw notShown()
  // A link below one of these folders may lead anywhere.
  if (realpathSync(path) !== join(realpathSync(join(root, folder)), ...rest)) throw notShown()
  return readOwnFile(path) ?? ''
}

const notShown = () => new HttpError(404, 'There is no such file to show')
