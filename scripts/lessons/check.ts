import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../files.ts'
import { sayProblem } from '../problem.ts'
import { openCourse } from './course.ts'
import { repetitions } from './generated.ts'
import { lackingFiles } from './lacking.ts'
import { courseProblems, lessonProblems } from './look.ts'
import { runProblems } from './run.ts'

/** Says what is wrong with all lessons, or with those that are named by number; gives the exit code. */
export async function checkLessons(
  root: string,
  args: readonly string[],
  { log, error }: Pick<Console, 'log' | 'error'>,
): Promise<number> {
  const lacking = lackingFiles(listFiles(root))
  for (const problem of lacking) error(sayProblem(problem))
  if (lacking.length > 0) return 1
  if (args.includes('--write'))
    for (const { file, wanted } of repetitions(openCourse(root)))
      writeFileSync(join(root, file), wanted)
  const course = openCourse(root)
  const asked = args.filter((arg) => arg !== '--write')
  const unknown = asked.filter((arg) => !course.lessons.some(({ number }) => number === +arg))
  if (unknown.length > 0) {
    error(`Cannot check lesson ${unknown.join(', ')}: there are 1 to ${course.lessons.length}`)
    return 2
  }
  const all = asked.length === 0
  const chosen = course.lessons.filter(({ number }) => all || asked.some((arg) => number === +arg))
  const problems = all ? courseProblems(course) : []
  for (const lesson of chosen)
    problems.push(...lessonProblems(course, lesson), ...(await runProblems(root, course, lesson)))
  for (const problem of problems) error(sayProblem(problem))
  log(`${chosen.length} lessons checked, ${problems.length} problems`)
  return problems.length === 0 ? 0 : 1
}
