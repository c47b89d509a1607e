import type { Test } from 'tap'
import type { Checks } from '../../lessons/checks.ts'

/** More wrong answers than the one for each check: what is wrong, the check that refuses it, and with which words. */
export function alsoRefused<Lesson, Name extends string>(
  t: Test,
  checks: Checks<Lesson> & Readonly<Record<Name, unknown>>,
  wrong: Readonly<Record<string, readonly [check: Name, lesson: Lesson, says?: RegExp]>>,
): void {
  t.test('more wrong answers', async (t) => {
    for (const [what, [name, lesson, message = /./]] of Object.entries(wrong))
      await t.rejects(async () => await checks[name]?.(lesson), { message }, what)
  })
}
