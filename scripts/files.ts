import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

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

/** The paths of all files that are not ignored by git, of one kind: `*.md`. */
export function listFiles(root: string, pattern: string): string[] {
  const args = ['ls-files', '-co', '--exclude-standard', '-z', pattern]
  const listed = execFileSync('git', args, { cwd: root }).toString().split('\0')
  const { has } = filesBelow(root)
  return [...new Set(listed)].filter((path) => path !== '' && has(path)) // git lists what was removed, too
}

/** The folders of the lessons, in their order. */
export function lessonSlugs(root: string): string[] {
  const names = readdirSync(join(root, 'lessons'), { withFileTypes: true })
  const folders = names.filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
  return folders.map(({ name }) => name).sort()
}

export function npmScripts(files: Files): Readonly<Record<string, string>> {
  const { scripts } = JSON.parse(files.read('package.json')) as { scripts: Record<string, string> }
  return scripts
}
