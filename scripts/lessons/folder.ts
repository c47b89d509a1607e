import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../problem.ts'

/** A lesson as it stands on disk: what is in its folder, by name. A folder within it has no text. */
export interface LessonFolder {
  readonly slug: string
  readonly files: Readonly<Record<string, string>>
}

const fileNames = ['README.md', 'check.ts', 'demo.ts', 'exercise.ts', 'solution.ts']

export function readFolder(root: string, slug: string): LessonFolder {
  const folder = join(root, 'lessons', slug)
  const entries = readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isFile()
      ? [entry.name, readFileSync(join(folder, entry.name), 'utf8')]
      : [`${entry.name}/`, ''],
  )
  return { slug, files: Object.fromEntries(entries) }
}

/** The five files and no other. */
export function folderProblems({ slug, files }: LessonFolder): Problem[] {
  const file = `lessons/${slug}`
  const names = Object.keys(files)
  const missing = fileNames.filter((name) => !names.includes(name))
  const others = names.filter((name) => !fileNames.includes(name))
  return [
    ...missing.map((name) => ({ file, what: `has no ${name}: a lesson has ${list(fileNames)}` })),
    ...others.map((name) => ({
      file,
      what: `holds ${name}: what lessons share goes into a folder without a number`,
    })),
  ]
}

function list(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
