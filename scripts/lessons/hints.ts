import { posix } from 'node:path'
import type { Lesson } from '../../tutor/journey/course.ts'
import { codeSpansOf } from '../markdown.ts'
import type { Course } from './course.ts'

/** What a hint says in `code type` exists: a hint that names what was renamed leads astray. */
export function hintProblems({ hints, slug }: Lesson, course: Course): string[] {
  const names = namesFor(slug, course)
  return hints.flatMap((hint, index) =>
    codeSpansOf(hint)
      .filter((span) => !span.startsWith('npm run ')) // commands.ts looks at those
      .flatMap((span) =>
        aFile.test(span) ? [posix.basename(span)] : identifiers(withoutData(span)),
      )
      .filter((word) => !names.has(word))
      .map(
        (name) =>
          `speaks of \`${name}\` in hint ${index + 1}: it is neither in the exercise nor in our code`,
      ),
  )
}

const aFile = /^[\w./-]+\.(?:ts|json|md|txt|html)$/

/** The names in our code, of its packages and of every file. Not those of other lessons: a hint speaks of its own. */
function namesFor(slug: string, { files, paths }: Course): ReadonlySet<string> {
  const others = paths.filter((path) => /^lessons\/\d/.test(path) && !path.includes(slug))
  const code = paths.filter((path) => /^(?:example|lessons)\/.*\.(?:ts|html)$/.test(path))
  const near = code.filter((path) => !others.includes(path))
  const words = ['package.json', ...near].map(files.read).flatMap(wordsOf)
  return new Set([...words, ...paths.map((path) => posix.basename(path))])
}

/** Examples of texts and tokens are no names. */
function withoutData(span: string): string {
  return span.replaceAll(/'[^']*'|"[^"]*"|eyJ[\w.-]*|(?<![\p{L}\p{N}_$])\d[\p{L}\p{N}]*/giu, ' ')
}

/** The words of a piece of code, its comments left out: names, and what stands in texts. */
export function wordsOf(code: string): string[] {
  return identifiers(code.replaceAll(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, ''))
}

/** A single letter stands for anything, as in `sign(a, b)`. */
function identifiers(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu) ?? []
}
