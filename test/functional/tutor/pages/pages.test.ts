import t, { type Test } from 'tap'
import type { Journey } from '../../../../tutor/journey/journey.ts'
import {
  afterPassing,
  differences,
  ending,
  hints,
  lessonHead,
  lessonList,
  progressBar,
} from '../../../../tutor/pages/pages.ts'
import { answer, journeyIn, madeUpCourse, write } from '../made-up-course.ts'

const look = { columns: 80, colors: false }
const plain = { ...look, plain: true }
const narrow = { columns: 40, colors: false }
const slim = { columns: 20, colors: false }

function journeyWith(t: Test, lessons: Record<string, 'passed' | 'skipped'> = {}): Journey {
  const progress = JSON.stringify({ version: 1, lessons })
  return journeyIn(madeUpCourse(t, { 'my/progress.json': progress }))
}

t.test('progressBar()', async (t) => {
  const journey = journeyWith(t, { '01-begin': 'passed', '02-go-on': 'skipped' })
  t.equal(progressBar(journey, look), `${'█'.repeat(10)}${'░'.repeat(20)} 1 of 3 passed`)
  t.equal(progressBar(journey, plain), '1 of 3 passed')
  t.equal(progressBar(journey, slim).length, 20)
})

t.test('lessonHead()', async (t) => {
  t.test('says which lesson it leans on, until that is passed', async (t) => {
    const head = (marks = {}) => {
      const journey = journeyWith(t, marks)
      return lessonHead(journey.find('2'), journey, look)
    }
    t.match(head(), /^It leans on lesson 1, not passed yet\.$/m)
    t.notMatch(head({ '01-begin': 'passed' }), /leans/)
    const journey = journeyWith(t)
    const both = { ...journey.find('3'), needs: [1, 2] }
    t.match(lessonHead(both, journey, look), /^It leans on lessons 1 and 2, not passed yet\.$/m)
  })
  t.test('a path that does not fit behind its label gets a line', async (t) => {
    const journey = journeyWith(t)
    const head = lessonHead(journey.find('3'), journey, { columns: 41, colors: false })
    t.match(head, /^read\n {2}lessons\/03-come-to-the-end\/README\.md$/m)
    t.match(head, /^change {2}my\/03-come-to-the-end\/exercise\.ts$/m)
  })
})

t.test('lessonList()', async (t) => {
  const journey = journeyWith(t, { '01-begin': 'passed', '02-go-on': 'skipped' })
  t.equal(
    lessonList(journey, look),
    `  ✓  1  Begin             5 min  needs nothing
▸ ↷  2  Go on             5 min  needs 1
  ·  3  Come to the end   5 min  needs 2

✓ passed  ↷ skipped  · open  ▸ you are here`,
  )
  t.equal(
    lessonList(journey, plain),
    `1. Begin: passed, 5 minutes, needs nothing
2. Go on: skipped, you are here, 5 minutes, needs 1
3. Come to the end: open, 5 minutes, needs 2`,
    'in words, for ears',
  )
  t.test('is never wider than the terminal: a title goes on below its beginning', async (t) => {
    t.notMatch(lessonList(journey, slim), /.{21}/)
    const last = journey.find('3')
    t.match(lessonList(journey, slim), '\n  ·  3  Come\n        to the end\n')
    const there = lessonList(journey, slim, last)
    t.match(there, '\n▸ ·  3  Come\n        to the end\n', 'also where the learner is')
  })
})

t.test('hints()', async (t) => {
  const journey = journeyWith(t)
  const lesson = journey.find('1')
  t.same(hints(lesson, 0, look), [])
  t.same(hints(lesson, 2, look), [
    'Hint 1 of 3: what you are looking at\n  Look at `double` in my/01-begin/exercise.ts.',
    'Hint 2 of 3: a question\n  What is two times two?',
  ])
  t.equal(hints(lesson, 99, look).length, 3)
})

t.test(
  'afterPassing() tells what there is to know, how to see our answer, and the next lesson',
  async (t) => {
    const journey = journeyWith(t)
    t.same(afterPassing(journey.find('1'), { journey, look, diff: 'press d', next: 'press n' }), [
      '  You have done number 1.',
      'Your answer beside ours: press d\nNext: 2. Go on, 5 minutes: press n',
    ])
    const [diff, next] = ['npm run learn diff 1', 'npm run learn next']
    const [, lines] = afterPassing(journey.find('1'), { journey, look: narrow, diff, next })
    t.equal(
      lines,
      `Your answer beside ours:\n${diff}\nNext: 2. Go on, 5 minutes:\n${next}`,
      'what to type is not broken',
    )
  },
)

t.test('ending()', async (t) => {
  const two = { '01-begin': 'passed', '02-go-on': 'passed' } as const
  t.test('with all passed: what you can do now', async (t) => {
    const journey = journeyWith(t, { ...two, '03-come-to-the-end': 'passed' })
    t.equal(
      ending(journey, look),
      `You have passed all 3 lessons. You can now
  - do number 1, and say why.
  - do number 2, and say why.
  - do number 3, and say why.

From here, go on into the app itself, the folder example/, and its tests.`,
    )
    t.notMatch(ending(journey, narrow), /.{41}/)
  })
  t.test('else: what is still open, and how to get there', async (t) => {
    t.equal(
      ending(journeyWith(t, { ...two, '02-go-on': 'skipped' }), look),
      `That was the last lesson. You passed 1 of 3. Still open:
  2. Go on: npm run learn 2
  3. Come to the end: npm run learn 3`,
    )
  })
})

t.test('differences() shows the learner’s lines and the solution’s', async (t) => {
  const journey = journeyWith(t)
  const { root } = journey
  write(root, 'lessons/01-begin/solution.ts', answer.replace('n * 2', 'n + n'))
  t.equal(
    differences(answer, { root, lesson: journey.find('1'), look }),
    `- my/01-begin/exercise.ts
+ lessons/01-begin/solution.ts

  // Make it double.
  export function double(n: number): number {
-   return n * 2
+   return n + n
  }

Yours passes every check: it is as right as ours.`,
  )
})
