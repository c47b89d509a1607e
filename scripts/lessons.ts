import { fileURLToPath } from 'node:url'
import { numberOf, openCourse } from './lessons/course.ts'
import type { LessonFolder } from './lessons/folder.ts'
import { courseProblems, lessonProblems } from './lessons/look.ts'
import { runProblems } from './lessons/run.ts'
import { type Problem, sayProblem } from './problem.ts'

// npm run lessons:check [N …]: what every lesson promises, looked at by a machine.

const course = openCourse(fileURLToPath(new URL('..', import.meta.url)))
const asked = process.argv.slice(2)
const unknown = asked.filter((number) => !course.numbers.has(Number(number)))

if (unknown.length > 0) {
  console.error(`Cannot check lesson ${unknown.join(', ')}: there are 1 to ${course.numbers.size}`)
  process.exitCode = 2
} else {
  const chosen = course.folders.filter(
    ({ slug }) => asked.length === 0 || asked.some((number) => Number(number) === numberOf(slug)),
  )
  const problems = [
    ...(asked.length === 0 ? courseProblems(course) : []),
    ...(await inPairs(chosen)),
  ]
  for (const problem of problems) console.error(sayProblem(problem))
  console.log(`${chosen.length} lessons checked, ${problems.length} problems`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

/** Two lessons at a time, since each runs programs of its own. */
async function inPairs(folders: readonly LessonFolder[]): Promise<Problem[]> {
  const found: Problem[][] = []
  const waiting = folders.entries()
  const work = async () => {
    for (const [index, folder] of waiting)
      found[index] = [...lessonProblems(course, folder), ...(await runProblems(course, folder))]
  }
  await Promise.all([work(), work()])
  return found.flat()
}
