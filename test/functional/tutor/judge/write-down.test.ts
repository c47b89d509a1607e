import t from 'tap'
import type { Verdict } from '../../../../tutor/judge/verdict.ts'
import { writeDown } from '../../../../tutor/judge/write-down.ts'
import { exercise, journeyIn, lessonOf, madeUpCourse } from '../made-up-course.ts'
import { progressOf } from '../made-up-guide.ts'

const judged = { text: exercise, printed: '' }
const failure = { said: 'no', stack: '' }
const failed: Verdict = {
  kind: 'failed',
  results: [{ name: 'one' }, { name: 'two', failure }],
  ...judged,
}

t.test('what stands in the way is written down, by its name', async (t) => {
  const problems = [{ line: 1, column: 1, message: '' }]
  const broken = { kind: 'broken', broke: { how: 'killed' }, names: [], ...judged } as const
  const cases: ReadonlyArray<[verdict: Verdict, on: string]> = [
    [failed, 'two'],
    [{ kind: 'types', problems, ...judged }, 'TypeScript'],
    [{ ...broken, running: 'three' }, 'three'],
    [broken, 'it does not run to its end'],
  ]
  for (const [verdict, on] of cases)
    t.test(on, async (t) => {
      const root = madeUpCourse(t)
      writeDown(verdict, journeyIn(root), lessonOf(root))
      t.hasStrict(progressOf(root), { stuck: { '01-begin': { on } }, lessons: {} })
    })
})

t.test(
  'where nothing can be written, a verdict is told all the same; that it passed is not claimed',
  async (t) => {
    const root = madeUpCourse(t)
    const journey = journeyIn(root)
    const full = () => {
      throw new Error('ENOSPC')
    }
    journey.fail = full
    journey.pass = full
    writeDown(failed, journey, lessonOf(root))
    t.throws(() => writeDown({ kind: 'passed', results: [], ...judged }, journey, lessonOf(root)))
  },
)
