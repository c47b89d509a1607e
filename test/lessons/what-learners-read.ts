import type { Test } from 'tap'
import { type Checks, type Failure, runChecks } from '../../lessons/checks.ts'

/** What a learner reads first of this attempt, of all checks or of one. */
export async function failureOf<Lesson>(
  checks: Checks<Lesson>,
  lesson: Lesson,
  only?: string,
): Promise<Failure> {
  const asked = Object.entries(checks).filter(([name]) => name === (only ?? name))
  for await (const { failure } of runChecks(Object.fromEntries(asked), lesson))
    if (failure) return failure
  throw new Error('every check passed')
}

/** Parts of a failure: a text is the whole of it, a pattern is about some of it. */
type Reading = Readonly<
  Partial<Record<'said' | 'actual' | 'expected', string | RegExp | undefined>>
>

/** Tests what a learner reads of wrong answers: these parts, and the line of the check that asked. */
export function learnersRead<Lesson>(
  t: Test,
  checks: Checks<Lesson>,
  readings: Readonly<Record<string, readonly [lesson: Lesson, reading: Reading, only?: string]>>,
): void {
  t.test('what a learner reads', async (t) => {
    for (const [what, [lesson, { ...reading }, only]] of Object.entries(readings))
      t.test(what, async (t) => {
        const failure = await failureOf(checks, lesson, only)
        for (const part of ['said', 'actual', 'expected'] as const) {
          const words = reading[part]
          if (words instanceof RegExp) t.match(failure[part], words, part)
          else if (part in reading) t.equal(failure[part], words, part)
        }
        t.match(failure.stack, /\/lessons\/[\w-]+\/check\.ts:\d+/, 'and where it was asked')
      })
  })
}
