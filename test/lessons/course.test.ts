import { fileURLToPath } from 'node:url'
import t from 'tap'
import { checkLessons } from '../../scripts/lessons/check.ts'
import { openCourse } from '../../scripts/lessons/course.ts'
import { courseProblems, lessonProblems } from '../../scripts/lessons/look.ts'
import { runProblems } from '../../scripts/lessons/run.ts'
import { sayProblem } from '../../scripts/problem.ts'
import { redisMissing } from '../support/redis.ts'

// The same as npm run lessons:check, so that npm test guards the course, too.

const root = fileURLToPath(new URL('../..', import.meta.url))
const course = openCourse(root)

t.test('the course keeps its promises', async (t) => {
  t.not(course.lessons.length, 0, 'there are lessons')
  t.same(courseProblems(course).map(sayProblem), [])
})

for (const lesson of course.lessons)
  t.test(`${lesson.slug} keeps its promises`, async (t) => {
    t.same(lessonProblems(course, lesson).map(sayProblem), [], 'as it is written')
    const checks = course.files.read(`lessons/${lesson.slug}/check.ts`)
    const skip = checks.includes('/redis-checks.ts') && redisMissing()
    await t.test('as it runs', { skip }, async (t) =>
      t.same((await runProblems(root, course, lesson)).map(sayProblem), []),
    )
  })

t.test('npm run lessons:check 99 says which lessons there are', async (t) => {
  const said: string[] = []
  const log = (words: string) => void said.push(words)
  t.equal(await checkLessons(root, ['99'], { log, error: log }), 2)
  t.same(said, [`Cannot check lesson 99: there are 1 to ${course.lessons.length}`])
})
