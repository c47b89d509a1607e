import { type Notes, noting } from './exchange.ts'
import { cut, type Failure, failureOf, show } from './failure.ts'
import { Run } from './run.ts'

export { type Failure, failureOf, type Notes }

/**
 * The checks of one lesson: each name is a promise, each function throws where it is not kept. Where it is,
 * there may be something to remark.
 */
export type Checks<Lesson> = Readonly<Record<string, (lesson: Lesson) => Remark | Promise<Remark>>>

type Remark = string | undefined

/** How one check ended. */
export interface CheckResult {
  readonly name: string
  /** Absent when it passed. */
  readonly failure?: Failure
  /** What it has to say to whoever passed. */
  readonly remark?: string
}

/** Runs the checks in their order, each whether or not the one before it passed. What they send is in the notes. */
export async function* runChecks<Lesson>(
  checks: Checks<Lesson>,
  lesson: Lesson,
  notes: Notes = {},
): AsyncGenerator<CheckResult> {
  const run = new Run()
  try {
    for (const [name, check] of Object.entries(checks)) yield await result(name, check)
  } finally {
    await run.end()
  }

  async function result(name: string, check: Checks<Lesson>[string]): Promise<CheckResult> {
    delete notes.last
    try {
      const remark = await run.within(() => noting(notes, () => check(lesson)))
      return remark === undefined ? { name } : { name, remark }
    } catch (error) {
      return { name, failure: failureOf(error, notes.last) }
    }
  }
}

/** Writes a call the way a reader would type it: `decode("a.b")`, cut where it is long. */
export function call(name: string, ...args: readonly unknown[]): string {
  return `${name}(${args.map((arg) => cut(show(arg), 160)).join(', ')})`
}
