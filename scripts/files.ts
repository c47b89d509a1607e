import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** The files of this repository, by their paths from its root. */
export interface Files {
  has(path: string): boolean
  read(path: string): string
}

export function filesBelow(root: string): Files {
  return {
    has: (path) => existsSync(join(root, path)),
    read: (path) => readFileSync(join(root, path), 'utf8'),
  }
}

/**
 * The paths of all files with this ending, in their order, but for what .gitignore names. We look
 * ourselves, since a copy that was downloaded as an archive has no git to ask.
 */
export function listFiles(root: string, ending = ''): string[] {
  const named = existsSync(join(root, '.gitignore')) ? filesBelow(root).read('.gitignore') : ''
  const ignored = new Set(['.git', ...named.split('\n').map((line) => line.replace(/\/$/, ''))])
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (ignored.has(entry.name)) return []
      return entry.isDirectory() ? below(path) : [path]
    })
  return below('')
    .filter((path) => path.endsWith(ending))
    .sort()
}

export function npmScripts(files: Files): Readonly<Record<string, string>> {
  const { scripts } = JSON.parse(files.read('package.json')) as { scripts: Record<string, string> }
  return scripts
}
