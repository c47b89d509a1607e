import type { Lesson } from '../../tutor/journey/course.ts'
import { type Files, npmScripts } from '../files.ts'
import type { Problem } from '../problem.ts'
import { commandProblems } from './commands.ts'
import { linkProblems } from './links.ts'
import { quoteProblems } from './quotes.ts'

/** What a document claims of others: where links lead, that commands exist, how the code reads that it quotes. */
export function claimProblems(file: string, files: Files, course: readonly Lesson[]): Problem[] {
  const text = files.read(file)
  const scripts = npmScripts(files)
  const lessons = new Set(course.map(({ number }) => number))
  return [
    ...linkProblems(file, text, files),
    ...commandProblems(file, text, { scripts, lessons, has: files.has }),
    ...quoteProblems(file, text, files),
  ]
}
