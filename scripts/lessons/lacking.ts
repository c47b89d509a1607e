import type { Problem } from '../problem.ts'

const five = ['README.md', 'demo.ts', 'exercise.ts', 'check.ts', 'solution.ts']

/** The files that lessons cannot be read or run without, of those at these paths. */
export function lackingFiles(paths: readonly string[]): Problem[] {
  const folders = paths.flatMap((path) => /^lessons\/\d\d-[^/]+(?=\/)/.exec(path)?.[0] ?? [])
  const wanted = [...new Set(folders)].flatMap((folder) => five.map((name) => `${folder}/${name}`))
  const lacking = wanted.filter((file) => !paths.includes(file))
  return lacking.map((file) => ({ file, what: 'is not there, and every lesson has one' }))
}
