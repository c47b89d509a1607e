import type { Test } from 'tap'
import { type Checks, runChecks } from '../../lessons/checks.ts'

interface Proof<Lesson> {
  readonly checks: Checks<Lesson>
  /** Right answers, each written differently: all of them pass every check. */
  readonly right: Readonly<Record<string, Lesson>>
  /** For every check, by its name, an attempt that this very check must refuse. */
  readonly wrong: Readonly<Record<string, Lesson>>
}

/** Tests the checks themselves: they accept what is right, however it is written, and each refuses something. */
export function prove<Lesson>(t: Test, { checks, right, wrong }: Proof<Lesson>): void {
  t.test('right answers, each written differently', async (t) => {
    t.ok(Object.keys(right).length >= 3, 'there are three or more')
    for (const [what, lesson] of Object.entries(right))
      t.same(await refusals(checks, lesson), {}, `${what}: passes every check`)
  })

  t.test('wrong answers', async (t) => {
    t.same(Object.keys(wrong).sort(), Object.keys(checks).sort(), 'there is one for each check')
    for (const [name, lesson] of Object.entries(wrong)) {
      const own = Object.fromEntries(Object.entries(checks).filter(([check]) => check === name))
      t.hasOwnProp(await refusals(own, lesson), name, `"${name}" can fail`)
    }
  })
}

/** What was said by each check that failed. */
async function refusals<Lesson>(checks: Checks<Lesson>, lesson: Lesson) {
  const said: Record<string, string> = {}
  for await (const { name, failure } of runChecks(checks, lesson))
    if (failure !== undefined) said[name] = failure.said
  return said
}
