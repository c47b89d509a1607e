import { join } from 'node:path'
import type { CheckResult } from '../../lessons/checks.ts'
import { attemptFile, readAttempt } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import type { Ended } from './messages.ts'
import { type ChecksRun, runChecksApart } from './run-checks.ts'
import type { TypeChecker, TypeProblem } from './type-check.ts'

/** What is true of one state of an exercise. */
export type Verdict = Judged &
  (
    | { readonly kind: 'passed'; readonly results: readonly CheckResult[] }
    /** How many checks there are; absent where all of them have run. */
    | { readonly kind: 'failed'; readonly results: readonly CheckResult[]; readonly of?: number }
    | { readonly kind: 'types'; readonly problems: readonly TypeProblem[] }
    | Broken
  )

interface Judged {
  /** What stood in the file: it may have changed since. */
  readonly text: string
  /** The beginning of what it printed. */
  readonly printed: string
}

/** It crashed, ended the process, or did not come to its end: no check can say more. */
export interface Broken {
  readonly kind: 'broken'
  readonly broke: Exclude<Ended, { how: 'finished' }> | EndedOddly
  /** What had passed until then. */
  readonly names: readonly string[]
  /** The check that was running; absent while the exercise was loaded, and after the last. */
  readonly running?: string | undefined
}

type EndedOddly =
  | { readonly how: 'no checks' }
  | { readonly how: 'few checks'; readonly ran: number; readonly of: number }
  /** All checks have passed, but TypeScript did not come to its end. */
  | { readonly how: 'late types'; readonly seconds: number }

/** Judges the learner's exercise as it stands; the signal calls that off. */
export type Judge = (root: string, lesson: Lesson, signal?: AbortSignal) => Promise<Verdict>

interface Finders {
  readonly findTypes: TypeChecker['find']
  readonly runChecks?: typeof runChecksApart
}

/**
 * Types and checks are looked at together, since either may take half a second. A type problem ends the checks:
 * nobody waits for a loop then.
 */
export function createJudge({ findTypes, runChecks = runChecksApart }: Finders): Judge {
  return async (root, lesson, signal = new AbortController().signal) => {
    const file = attemptFile(lesson)
    const text = readAttempt(root, lesson) ?? ''
    const folder = join(root, 'lessons', lesson.slug)
    const enough = new AbortController()
    const late = new AbortController()
    let typesAreLate = false
    const [problems, run] = await Promise.all([
      findTypes(file, text, AbortSignal.any([late.signal, signal])).then((found) => {
        if (found.length > 0) enough.abort()
        typesAreLate = late.signal.aborted
        return found
      }),
      runChecks({
        checkFile: join(folder, 'check.ts'),
        solutionFile: join(folder, 'solution.ts'),
        attemptFile: join(root, file),
        seconds: lesson.seconds,
        signal: AbortSignal.any([enough.signal, signal]),
      }).then((run) => {
        // Only now, since the checks share the machine with TypeScript.
        setTimeout(() => late.abort(), lesson.seconds * 1000).unref()
        return run
      }),
    ]).finally(() => enough.abort()) // where TypeScript does not run, nobody waits for the checks either
    const { names, results, running, printed } = run
    const judged = { text, printed }
    if (problems.length > 0) return { kind: 'types', problems, ...judged }
    if (results.some(({ failure }) => failure !== undefined))
      return { kind: 'failed', results, of: names.length, ...judged } // what broke after it can wait
    const { seconds } = lesson
    const broke = whatBroke(run) ?? (typesAreLate ? { how: 'late types', seconds } : undefined)
    if (broke === undefined) return { kind: 'passed', results, ...judged }
    return { kind: 'broken', broke, names: names.slice(0, results.length), running, ...judged }
  }
}

function whatBroke({ ended, names, results }: ChecksRun): Broken['broke'] | undefined {
  if (ended.how !== 'finished') return ended
  if (names.length === 0) return { how: 'no checks' }
  if (results.length === names.length) return undefined
  return { how: 'few checks', ran: results.length, of: names.length }
}
