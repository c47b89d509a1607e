import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult, Failure } from '../lessons/checks.ts'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import { type ChecksRun, runChecksApart } from './run-checks.ts'
import { findTypeProblems, type TypeProblem } from './type-check.ts'

/** What is to be said about one state of an exercise. */
export type Verdict = Judged &
  (
    | { readonly kind: 'passed'; readonly names: readonly string[] }
    | { readonly kind: 'failed'; readonly results: readonly CheckResult[] }
    | { readonly kind: 'types'; readonly problems: readonly TypeProblem[] }
    /** It crashed, ended the process, or did not come to its end: no check can say more. */
    | {
        readonly kind: 'broken'
        readonly said: string
        readonly failure?: Failure
        /** What had passed until then. */
        readonly names: readonly string[]
      }
  )

interface Judged {
  /** What stood in the file: it may have changed since. */
  readonly text: string
  /** The beginning of what it printed. */
  readonly printed: string
}

/**
 * Judges the learner's exercise, or another file in its place. Types and checks are looked at together,
 * since either may take half a second. A type problem ends the checks: nobody waits for a loop then.
 */
export async function judge(
  root: string,
  lesson: Lesson,
  { file = attemptFile(lesson), signal }: { file?: string; signal?: AbortSignal } = {},
): Promise<Verdict> {
  const text = readFileSync(join(root, file), 'utf8')
  const folder = join(root, 'lessons', lesson.slug)
  const enough = new AbortController()
  const [problems, run] = await Promise.all([
    findTypeProblems(root, file, signal).then((found) => {
      if (found.length > 0) enough.abort()
      return found
    }),
    runChecksApart({
      checkFile: join(folder, 'check.ts'),
      solutionFile: join(folder, 'solution.ts'),
      attemptFile: join(root, file),
      seconds: lesson.seconds,
      signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]),
    }),
  ])
  const { names, results, printed } = run
  const judged = { text, printed }
  if (problems.length > 0) return { kind: 'types', problems, ...judged }
  if (results.some(({ failure }) => failure !== undefined))
    return { kind: 'failed', results, ...judged } // what broke after it can wait
  const broken = whatBroke(run, file, lesson)
  if (broken === undefined) return { kind: 'passed', names, ...judged }
  return { kind: 'broken', ...broken, names: names.slice(0, results.length), ...judged }
}

/** A sentence, and one with the way out; `undefined` where all checks have come to an end. */
function whatBroke(
  { ended, names, running }: ChecksRun,
  file: string,
  { slug }: Lesson,
): { said: string; failure?: Failure } | undefined {
  const where = running === undefined ? `Loading ${file}` : `The check "${running}"`
  const during = running === undefined ? '' : ` during the check "${running}"`
  switch (ended.how) {
    case 'finished':
      if (names.length > 0) return undefined
      return { said: `lessons/${slug}/check.ts holds no checks. ${putBack(slug)}` }
    case 'lesson':
      return { said: `The files of the lesson cannot be loaded. ${putBack(slug)}`, ...ended }
    case 'load':
      return { said: `${file} cannot be loaded.`, ...ended }
    case 'names': {
      const missing = ended.missing.join(', ').replace(/\bdefault\b/, 'a default (export default)')
      return { said: `${file} does not export ${missing}: the checks ask for it by that name.` }
    }
    case 'uncaught':
      return { said: `Something in the exercise threw, and nobody caught it${during}.`, ...ended }
    case 'waits':
      return {
        said: `${where} waits for something that never comes. Look for a promise that is never resolved.`,
      }
    case 'late':
      return {
        said: `${where} did not come to its end within ${ended.seconds} seconds. Look for a loop, or a wait, that does not end.`,
      }
    case 'exit':
      return {
        said: `The exercise ended the process${during}, with exit code ${ended.code}. Nothing in it should do that.`,
      }
    case 'killed':
      return {
        said: `The process was killed${during}. Most often that means that the exercise used up the memory: look for a list that never stops growing.`,
      }
  }
}

function putBack(slug: string): string {
  return `Put it back: git restore lessons/${slug}`
}
