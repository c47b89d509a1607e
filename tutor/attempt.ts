import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Lesson } from './course.ts'

/** Ignored by git, by tests and by linters: what stands here is the learner's alone. */
export const ownFolder = 'my'

/** Where the learner works: as deep as the lesson, so that its imports read the same. */
export function attemptFile(lesson: Lesson): string {
  return `${ownFolder}/${lesson.slug}/exercise.ts`
}

/** Makes the learner's copy where there is none; tells whether it did. */
export function beginAttempt(root: string, lesson: Lesson): boolean {
  mkdirSync(join(root, ownFolder, lesson.slug), { recursive: true })
  writeTypeSettings(root)
  if (existsSync(join(root, attemptFile(lesson)))) return false
  copyFileSync(shipped(root, lesson), join(root, attemptFile(lesson)))
  return true
}

/** Puts a new copy in place of the learner's, which is kept beside it; gives the name of the kept one. */
export function resetAttempt(root: string, lesson: Lesson): string | undefined {
  const kept = keptFile(root, lesson)
  const hadOne = existsSync(join(root, attemptFile(lesson)))
  if (hadOne) renameSync(join(root, attemptFile(lesson)), join(root, kept))
  beginAttempt(root, lesson)
  return hadOne ? kept : undefined
}

function keptFile(root: string, lesson: Lesson): string {
  const folder = join(root, ownFolder, lesson.slug)
  const earlier = existsSync(folder) ? readdirSync(folder) : []
  const numbers = earlier.map((name) => Number(/^exercise\.old-(\d+)\.ts$/.exec(name)?.[1] ?? 0))
  return `${ownFolder}/${lesson.slug}/exercise.old-${Math.max(0, ...numbers) + 1}.ts`
}

function shipped(root: string, lesson: Lesson): string {
  return join(root, 'lessons', lesson.slug, 'exercise.ts')
}

/** The same rules for the editor and for the check; what is not used yet is no mistake while learning. */
function writeTypeSettings(root: string): void {
  const settings = {
    extends: '../tsconfig.json',
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    include: ['*/exercise.ts'],
  }
  const path = join(root, ownFolder, 'tsconfig.json')
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`)
}
