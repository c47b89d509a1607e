import t from 'tap'
import { judgeTogether } from '../../../../tutor/judge/together.ts'
import type { Verdict } from '../../../../tutor/judge/verdict.ts'
import { answer, exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'

/** A judge that gives its verdicts when the test says so. */
function madeUpJudge() {
  const runs: Array<{ end: (printed: string) => void; signal: AbortSignal | undefined }> = []
  const judge = judgeTogether(
    (_root, _lesson, signal) =>
      new Promise<Verdict>((resolve) => {
        const end = (printed: string) => resolve({ kind: 'passed', results: [], text: '', printed })
        runs.push({ end, signal })
      }),
  )
  return { judge, runs }
}

t.test('two that ask about one state at once share one run', async (t) => {
  const root = madeUpCourse(t, { [file]: exercise })
  const { judge, runs } = madeUpJudge()
  const both = [judge(root, lessonOf(root)), judge(root, lessonOf(root))]
  t.equal(runs.length, 1)
  runs[0]?.end('one')
  for (const verdict of both) t.equal((await verdict).printed, 'one')

  t.test('and what is asked later, or of another state, is looked at anew', async (t) => {
    void judge(root, lessonOf(root))
    write(root, file, answer)
    void judge(root, lessonOf(root))
    void judge(root, lessonOf(root, 2))
    t.equal(runs.length, 4)
  })
})

t.test('a run goes on until nobody waits for it any more', async (t) => {
  const root = madeUpCourse(t, { [file]: exercise })
  const { judge, runs } = madeUpJudge()
  const [one, other] = [new AbortController(), new AbortController()]
  for (const { signal } of [one, other]) void judge(root, lessonOf(root), signal)
  one.abort()
  t.equal(runs[0]?.signal?.aborted, false)
  other.abort()
  t.equal(runs[0]?.signal?.aborted, true)
  void judge(root, lessonOf(root))
  t.equal(runs.length, 2, 'what was ended is no verdict for others')
  void judge(root, lessonOf(root, 2), AbortSignal.abort())
  t.equal(runs[2]?.signal?.aborted, true, 'nor is one begun for nobody')
})
