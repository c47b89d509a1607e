import { join } from 'node:path'
import type { Lesson } from '../../tutor/journey/course.ts'
import { runChecksApart } from '../../tutor/judge/run-checks.ts'
import { fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { stepsOf } from '../shown.ts'
import type { Course } from './course.ts'
import { demoRunProblems, runDemo } from './demo.ts'
import { demoArguments, isDemo } from './fences.ts'
import type { LessonFolder } from './folder.ts'
import { exerciseRunProblems, solutionRunProblems } from './judged.ts'

/** What a lesson's programs do: its exercise as shipped, its solution, its demonstration. */
export async function runProblems(
  course: Course,
  { slug, files }: LessonFolder,
): Promise<Problem[]> {
  const lesson = course.lessons.get(slug)
  const names = ['README.md', 'check.ts', 'demo.ts', 'exercise.ts', 'solution.ts']
  if (lesson === undefined || names.some((name) => files[name] === undefined)) return [] // look.ts says so
  const folder = join(course.root, 'lessons', slug)
  const judge = (name: string) =>
    runChecksApart({
      checkFile: join(folder, 'check.ts'),
      solutionFile: join(folder, 'solution.ts'),
      attemptFile: join(folder, name),
      seconds: lesson.seconds,
    })
  return [
    ...exerciseRunProblems(slug, await judge('exercise.ts')),
    ...solutionRunProblems(slug, await judge('solution.ts')),
    ...(await demoProblems(course.root, lesson, files['README.md'] ?? '')),
  ]
}

async function demoProblems(root: string, lesson: Lesson, text: string): Promise<Problem[]> {
  const { number, slug } = lesson
  const problems: Problem[] = []
  for (const { code, line } of fencesOf(text).filter(isDemo))
    for (const { command, shown } of stepsOf(code)) {
      const typed = demoArguments(command, number)
      if (typed === undefined) continue // fences.ts says so
      const file = `lessons/${slug}/README.md`
      const found = demoRunProblems(shown, await runDemo(root, slug, typed))
      problems.push(...found.map((what) => ({ file, line, what: `${command}: ${what}` })))
    }
  return problems
}
