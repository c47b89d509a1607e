import { join } from 'node:path'
import type { CheckResult, Failure } from '../../lessons/checks.ts'
import { attemptFile, readAttempt } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import { type ChecksRun, runChecksApart } from './run-checks.ts'
import { findTypeProblems, type TypeProblem } from './type-check.ts'

/** What is to be said about one state of an exercise. */
export type Verdict = Judged &
  (
    | { readonly kind: 'passed'; readonly results: readonly CheckResult[] }
    | { readonly kind: 'failed'; readonly results: readonly CheckResult[] }
    | {
        readonly kind: 'types'
        readonly problems: readonly TypeProblem[]
        /** Present where the file cannot even be read: the sentence for that. */
        readonly said?: string
      }
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
 * Judges the learner's exercise. Types and checks are looked at together, since either may take half a
 * second. A type problem ends the checks: nobody waits for a loop then.
 */
export async function judge(root: string, lesson: Lesson, signal?: AbortSignal): Promise<Verdict> {
  const file = attemptFile(lesson)
  const text = readAttempt(root, lesson) ?? ''
  const folder = join(root, 'lessons', lesson.slug)
  const enough = new AbortController()
  const late = new AbortController()
  let typesAreLate = false
  const [problems, run] = await Promise.all([
    findTypeProblems(root, file, anyOf(late.signal, signal)).then((found) => {
      if (found.length > 0) enough.abort()
      typesAreLate = late.signal.aborted
      return found
    }),
    runChecksApart({
      checkFile: join(folder, 'check.ts'),
      solutionFile: join(folder, 'solution.ts'),
      attemptFile: join(root, file),
      seconds: lesson.seconds,
      signal: anyOf(enough.signal, signal),
    }).then((run) => {
      // Only now, since the checks share the machine with TypeScript.
      setTimeout(() => late.abort(), lesson.seconds * 1000).unref()
      return run
    }),
  ]).finally(() => enough.abort()) // where TypeScript does not run, nobody waits for the checks either
  const { names, results, printed } = run
  const judged = { text, printed }
  if (problems.length > 0)
    return { kind: 'types', problems, ...saySyntax(file, problems), ...judged }
  if (results.some(({ failure }) => failure !== undefined))
    return { kind: 'failed', results, ...judged } // what broke after it can wait
  const broken = whatBroke(run, file, lesson) ?? (typesAreLate ? endlessTypes(lesson) : undefined)
  if (broken === undefined) return { kind: 'passed', results, ...judged }
  return { kind: 'broken', ...broken, names: names.slice(0, results.length), ...judged }
}

function anyOf(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other === undefined ? one : AbortSignal.any([one, other])
}

function saySyntax(file: string, [first]: readonly TypeProblem[]): { said?: string } {
  if (first?.isSyntax !== true) return {}
  return { said: `${file} cannot be read: something is wrong at or before line ${first.line}` }
}

function endlessTypes({ seconds }: Lesson): { said: string } {
  return {
    said: `The types did not end within ${seconds} seconds. Look for a type that refers to itself. ${ifBusy}`,
  }
}

/** A sentence, and one with the way out; `undefined` where all checks have come to an end. */
export function whatBroke(
  { ended, names, results, running }: ChecksRun,
  file: string,
  { number, slug }: Lesson,
): { said: string; failure?: Failure } | undefined {
  const where = running === undefined ? `Loading ${file}` : `The check "${running}"`
  const during = running === undefined ? '' : ` during the check "${running}"`
  switch (ended.how) {
    case 'finished':
      if (names.length === 0)
        return { said: `lessons/${slug}/check.ts holds no checks. ${putBack(slug)}` }
      if (results.length === names.length) return undefined
      return {
        said: `Only ${results.length} of ${names.length} checks ran. Look for a line that replaces something of JavaScript itself, such as Object.entries.`,
      }
    case 'lesson':
      return { said: `The files of the lesson cannot be loaded. ${putBack(slug)}`, ...ended }
    case 'load':
      return { said: `${file} cannot be loaded.`, ...ended }
    case 'names': {
      const missing = ended.missing.join(', ').replace(/\bdefault\b/, 'a default (export default)')
      return {
        said: `${file} does not export ${missing}: the checks ask for it by that name. If your copy is older than the lesson, copy that line from lessons/${slug}/exercise.ts, or begin again, which keeps your attempt: npm run learn reset ${number}`,
      }
    }
    case 'uncaught':
      return {
        said: `Something in the exercise threw, and nobody caught it${during}. Is an await missing?`,
        ...ended,
      }
    case 'waits':
      return {
        said: `${where} waits for something that never comes. Look for a promise that is never resolved.`,
      }
    case 'late':
      return {
        said: `${where} did not end within ${ended.seconds} seconds. Look for a loop, or a wait, that does not end. ${ifBusy}`,
      }
    case 'slow':
      return {
        said: `The files of the lesson were not loaded within ${ended.seconds} seconds, which is not your doing. ${ifBusy}`,
      }
    case 'exit':
      return {
        said: `The exercise ended the process${during}, with exit code ${ended.code}. Nothing in it should do that. To refuse is to throw.`,
      }
    case 'killed':
      return {
        said: `The process was killed${during}. Most often that means that the exercise used up the memory: look for a list that never stops growing.`,
      }
  }
}

const ifBusy = 'If this machine is busy with other things, check once more.'

function putBack(slug: string): string {
  return `Put it back: git restore lessons/${slug}`
}
