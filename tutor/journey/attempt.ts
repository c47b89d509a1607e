import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import type { Lesson } from './course.ts'
import { makeFolder, plainText, readOwnFile, replaceFile } from './own-file.ts'

/** Ignored by git, by tests and by linters: what stands here is the learner's alone. */
export const ownFolder = 'my'

/** Where the learner works: as deep as the lesson, so that its imports read the same. */
export function attemptFile({ slug }: Pick<Lesson, 'slug'>): string {
  return `${ownFolder}/${slug}/exercise.ts`
}

/** What stands in the learner's copy; `undefined` where there is none. */
export function readAttempt(root: string, lesson: Lesson): string | undefined {
  const text = readOwnFile(join(root, attemptFile(lesson)))
  return text === undefined ? undefined : plainText(text)
}

/** Whether the learner's copy is not as it was shipped; what cannot be read is not, either. */
export function isTouched(root: string, lesson: Lesson): boolean {
  try {
    const attempt = readAttempt(root, lesson)
    return attempt !== undefined && !isShipped(root, lesson, attempt)
  } catch {
    return true
  }
}

/** Whether a text is that of the exercise as it comes with the lesson. */
export function isShipped(root: string, lesson: Pick<Lesson, 'slug'>, text: string): boolean {
  const file = shipped(root, lesson)
  return existsSync(file) && plainText(readFileSync(file, 'utf8')) === plainText(text)
}

/** Whether the question of the page's first step has no answer in the learner's copy yet. */
export function isAtFirstStep(root: string, lesson: Lesson): boolean {
  return /^export const firstStep\b.*= undefined\b/m.test(readAttempt(root, lesson) ?? '')
}

/** Whether there is anything in the place of the learner's copy. */
export function hasAttempt(root: string, lesson: Lesson): boolean {
  return existsSync(join(root, attemptFile(lesson)))
}

/** Makes the learner's copy where there is none; tells whether it did. */
export function beginAttempt(root: string, lesson: Lesson): boolean {
  makeFolder(join(root, ownFolder))
  makeFolder(join(root, ownFolder, lesson.slug))
  writeTypeSettings(root)
  if (hasAttempt(root, lesson)) return false
  replaceFile(join(root, attemptFile(lesson)), readFileSync(shipped(root, lesson)))
  return true
}

/**
 * Puts a new copy in place of the learner's, which is kept beside it; gives the name of the kept one,
 * if there was anything to keep. Where the new one cannot be written, the old one stays where it is.
 */
export function resetAttempt(root: string, lesson: Lesson): string | undefined {
  const attempt = readAttempt(root, lesson)
  const fresh = readFileSync(shipped(root, lesson))
  if (attempt === undefined || isShipped(root, lesson, attempt)) {
    beginAttempt(root, lesson)
    return undefined
  }
  const kept = keptFile(root, attemptFile(lesson))
  replaceFile(join(root, attemptFile(lesson)), fresh, join(root, kept))
  return kept
}

/** The name beside a file, `exercise.old-2.ts`, under which it can be kept: one that nobody has yet. */
export function keptFile(root: string, file: string): string {
  const { dir, name, ext } = parse(file)
  const stem = `${name.replace(/\.old-\d+$/, '')}.old-`
  const earlier = readdirSync(join(root, dir))
  const numbers = earlier
    .filter((other) => other.startsWith(stem) && other.endsWith(ext))
    .map((other) => other.slice(stem.length, other.length - ext.length))
    .map((number) => (/^\d{1,6}$/.test(number) ? Number(number) : 0))
  let number = Math.max(0, ...numbers) + 1
  while (earlier.includes(`${stem}${number}${ext}`)) number += 1
  return `${dir}/${stem}${number}${ext}`
}

function shipped(root: string, { slug }: Pick<Lesson, 'slug'>): string {
  return join(root, 'lessons', slug, 'exercise.ts')
}

const typeSettings = {
  extends: '../tsconfig.json',
  compilerOptions: {
    erasableSyntaxOnly: false,
    noImplicitOverride: false,
    noImplicitReturns: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  include: ['*/exercise.ts'],
}

/** The same rules for the editor and for the check, but none on style; those of an older guide give way. */
export function writeTypeSettings(root: string): void {
  const path = join(root, ownFolder, 'tsconfig.json')
  const settings = `${JSON.stringify(typeSettings, null, 2)}\n`
  if (readOwnFile(path) !== settings) replaceFile(path, settings)
}
