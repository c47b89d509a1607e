import { join } from 'node:path'
import type { CheckResult } from '../lessons/checks.ts'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import { type Ended, runChecksApart } from './run-checks.ts'
import { findTypeProblems, type TypeProblem } from './type-check.ts'

/** What is to be said about one state of an exercise. */
export type Verdict = Printed &
  (
    | { readonly kind: 'passed'; readonly names: readonly string[] }
    | {
        readonly kind: 'failed'
        readonly names: readonly string[]
        readonly results: readonly CheckResult[]
      }
    | { readonly kind: 'types'; readonly problems: readonly TypeProblem[] }
    /** It crashed, ended the process, or did not come to an end: no check can say more. */
    | { readonly kind: 'broken'; readonly said: string; readonly stack: string }
  )

interface Printed {
  /** The beginning of what the exercise printed. */
  readonly printed: string
}

/**
 * Judges the learner's exercise, or another file in its place: types and checks at the same time,
 * since either may take half a second.
 */
export async function judge(
  root: string,
  lesson: Lesson,
  { file = attemptFile(lesson), signal }: { file?: string; signal?: AbortSignal } = {},
): Promise<Verdict> {
  const folder = join(root, 'lessons', lesson.slug)
  const [problems, run] = await Promise.all([
    findTypeProblems(root, file, signal),
    runChecksApart({
      checkFile: join(folder, 'check.ts'),
      solutionFile: join(folder, 'solution.ts'),
      attemptFile: join(root, file),
      seconds: lesson.seconds,
      signal,
    }),
  ])
  const { printed, names, results } = run
  if (problems.length > 0) return { kind: 'types', problems, printed }
  const broken = sayEnd(run.ended, names[results.length])
  if (broken !== undefined) return { kind: 'broken', ...broken, printed }
  const passed = results.every(({ failure }) => failure === undefined)
  return passed ? { kind: 'passed', names, printed } : { kind: 'failed', names, results, printed }
}

function sayEnd(ended: Ended, running: string | undefined) {
  const during = running === undefined ? '' : ` while the check "${running}" was running`
  switch (ended.how) {
    case 'finished':
      return undefined
    case 'crashed':
      return { said: `The exercise ${ended.said}`, stack: ended.stack }
    case 'late':
      return {
        said: `The exercise did not end within ${ended.seconds} seconds${during}`,
        stack: '',
      }
    case 'exit':
      return {
        said: `The exercise ended the process with exit code ${ended.code}${during}`,
        stack: '',
      }
    case 'killed':
      return { said: `The exercise used up its memory, or was killed${during}`, stack: '' }
  }
}
