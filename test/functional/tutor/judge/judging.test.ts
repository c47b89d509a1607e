import { rmSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Judging } from '../../../../tutor/judge/judging.ts'
import { answer, exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'
import { quickJudge } from '../made-up-guide.ts'

const file = 'my/01-begin/exercise.ts'
const loop = 'for (;;) {}\nexport const double = 1\n'

/** Judges an exercise on demand; `heard` is all that was told. */
function judging(t: Test, text: string) {
  const root = madeUpCourse(t, { [file]: text })
  const heard: string[] = []
  const listeners = {
    onBegin: () => void heard.push('begin'),
    onWait: () => {},
    onVerdict: ({ kind }: { kind: string }) => void heard.push(kind),
    onGone: () => void heard.push('gone'),
    onShipped: () => {},
    onError: (error: unknown) => void heard.push(`${error}`),
  }
  const options = { manual: true, judge: quickJudge, ...listeners }
  const judging = new Judging(root, lessonOf(root), options)
  return { root, heard, judging }
}

t.test('every state of the exercise is judged once', async (t) => {
  const { root, heard, judging: judge } = judging(t, exercise)
  await judge.check()
  await judge.check()
  t.same(heard, ['begin', 'failed'])
  await judge.check({ again: true })
  t.same(heard.slice(2), ['begin', 'failed'], 'or again, when that is wanted')
  write(root, file, answer)
  await judge.check()
  t.same(heard.slice(4), ['begin', 'passed'])
})

t.test('a newer state calls off the older', async (t) => {
  const { root, heard, judging: judge } = judging(t, loop)
  const older = judge.check()
  write(root, file, answer)
  await Promise.all([older, judge.check()])
  t.same(heard, ['begin', 'begin', 'passed'])
})

t.test('an exercise that goes calls off what is being judged', async (t) => {
  const { root, heard, judging: judge } = judging(t, loop)
  const older = judge.check()
  rmSync(join(root, file))
  await Promise.all([older, judge.check()])
  t.same(heard, ['begin', 'gone'])
  write(root, file, answer)
  await judge.check()
  t.same(heard.slice(2), ['begin', 'passed'], 'and when it is back, it is judged')
})

t.test('after the end nothing is heard any more', async (t) => {
  const { heard, judging: judge } = judging(t, loop)
  const check = judge.check()
  await judge.stop()
  await check
  t.same(heard, ['begin'])
})

t.test('what cannot be read for a while calls off what is being judged', async (t) => {
  const { root, heard, judging: judge } = judging(t, loop)
  const older = judge.check()
  rmSync(join(root, file))
  write(root, `${file}/a-folder`, '')
  await Promise.all([older, judge.check()])
  t.match(heard, ['begin', /EISDIR/])
  t.equal(heard.length, 2)
})

t.test('what cannot be read is told, and judged again when it is back, as it was', async (t) => {
  const { root, heard, judging: judge } = judging(t, answer)
  await judge.check()
  rmSync(join(root, file))
  write(root, `${file}/a-folder`, '')
  await judge.check()
  rmSync(join(root, file), { recursive: true })
  write(root, file, answer)
  await judge.check()
  t.match(heard, ['begin', 'passed', /EISDIR/, 'begin', 'passed'])
})
