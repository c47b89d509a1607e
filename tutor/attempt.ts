import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Lesson } from './course.ts'

/** Ignored by git, by tests and by linters: what stands here is the learner's alone. */
export const ownFolder = 'my'

/** Where the learner works: as deep as the lesson, so that its imports read the same. */
export function attemptFile({ slug }: Pick<Lesson, 'slug'>): string {
  return `${ownFolder}/${slug}/exercise.ts`
}

/** What stands in the learner's copy; `undefined` where there is none. */
export function readAttempt(root: string, lesson: Lesson): string | undefined {
  const path = join(root, attemptFile(lesson))
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Makes the learner's copy where there is none; tells whether it did. */
export function beginAttempt(root: string, lesson: Lesson): boolean {
  mkdirSync(join(root, ownFolder, lesson.slug), { recursive: true })
  writeTypeSettings(root)
  if (existsSync(join(root, attemptFile(lesson)))) return false
  renameSync(writeFresh(root, lesson), join(root, attemptFile(lesson)))
  return true
}

/**
 * Puts a new copy in place of the learner's, which is kept beside it; gives the name of the kept one,
 * if there was anything to keep. Where the new one cannot be written, the old one stays where it is.
 */
export function resetAttempt(root: string, lesson: Lesson): string | undefined {
  const attempt = readAttempt(root, lesson)
  if (attempt === undefined || attempt === readFileSync(shipped(root, lesson), 'utf8')) {
    beginAttempt(root, lesson)
    return undefined
  }
  const kept = keptFile(root, lesson)
  const fresh = writeFresh(root, lesson)
  renameSync(join(root, attemptFile(lesson)), join(root, kept))
  renameSync(fresh, join(root, attemptFile(lesson)))
  return kept
}

function keptFile(root: string, { slug }: Lesson): string {
  const earlier = readdirSync(join(root, ownFolder, slug))
  const numbers = earlier.map((name) => Number(/^exercise\.old-(\d+)\.ts$/.exec(name)?.[1] ?? 0))
  return `${ownFolder}/${slug}/exercise.old-${Math.max(0, ...numbers) + 1}.ts`
}

/** Writes it whole before it takes its place: a full disk must not leave half an exercise. */
function writeFresh(root: string, lesson: Lesson): string {
  const fresh = join(root, `${attemptFile(lesson)}.new`)
  writeFileSync(fresh, readFileSync(shipped(root, lesson)))
  return fresh
}

function shipped(root: string, { slug }: Lesson): string {
  return join(root, 'lessons', slug, 'exercise.ts')
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
