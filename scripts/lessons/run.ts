import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CheckResult, type Checks, runChecks } from '../../lessons/checks.ts'
import { type Lesson, pageFile } from '../../tutor/journey/course.ts'
import type { Files } from '../files.ts'
import { findChromium } from '../find-program.ts'
import { fencesOf } from '../markdown.ts'
import { type Problem, wrongs } from '../problem.ts'
import { sayDifference, stepsOf } from '../shown.ts'
import { browserDemo, demoArguments, isDemo } from './fences.ts'
import { type DemoRun, rehearse } from './rehearse.ts'

/**
 * What a lesson's programs do: its exercise as shipped, its solution, its demonstration. All in this process,
 * one after the other: to start one for each took most of the time.
 */
export async function runProblems(
  root: string,
  { files }: { files: Files },
  { slug, number }: Pick<Lesson, 'slug' | 'number'>,
): Promise<Problem[]> {
  const path = (name: string) => pathToFileURL(join(root, 'lessons', slug, name)).href
  const { default: checks } = await import(path('check.ts')) // before the others, as in the guide
  const solution = await import(path('solution.ts'))
  const exercise = await import(path('exercise.ts'))
  const lost = Object.keys(solution).filter((name) => !(name in exercise))
  const said: Array<[file: string, what: string[]]> = [
    ['exercise.ts', lost.map((name) => `exports no ${name}, as the solution does`)],
    ['exercise.ts', exerciseProblems(await judge(checks, exercise))],
    ['solution.ts', solutionProblems(await judge(checks, solution))],
  ]
  const demos = fencesOf(files.read(pageFile({ slug }))).filter(isDemo)
  for (const { info, code } of demos)
    for (const { command, shown } of stepsOf(code)) {
      const run = await rehearse(path('demo.ts'), demoArguments(command, number) ?? [])
      const problems = canBeSeen(info) ? demoProblems(shown, run) : demoProblems(run.out, run, 1)
      said.push(['demo.ts', problems])
    }
  return said.flatMap(([file, all]) =>
    all.map((what) => ({ file: `lessons/${slug}/${file}`, what })),
  )
}

/** Where there is no browser the demonstration says so, and ends with 1. With CI=true nothing may go unseen. */
function canBeSeen(info: string): boolean {
  return info !== browserDemo || findChromium() !== undefined || process.env.CI === 'true'
}

async function judge<Lesson>(checks: Checks<Lesson>, lesson: Lesson): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for await (const result of runChecks(checks, lesson)) results.push(result)
  return results
}

/** The exercise as shipped is refused by a check that says why: this is the first thing that a learner sees. */
export function exerciseProblems(results: readonly CheckResult[]): string[] {
  const [first, ...others] = results.map(({ failure }) => failure?.said)
  return wrongs({
    'has to fail the first check as shipped, and another one':
      first === undefined || others.every((said) => said === undefined),
    [`fails the first check as shipped, which does not say its call but "${first}": catch what is thrown`]:
      first === '' || first?.startsWith('it threw ') === true,
  })
}

/** The solution passes, and there is a first step to pass. */
export function solutionProblems(results: readonly CheckResult[]): string[] {
  const failed = results.filter(({ failure }) => failure !== undefined)
  const first = `${results[0]?.name}`
  return [
    ...failed.map(({ name, failure }) => `does not pass: "${name}" says: ${failure?.said}`),
    ...wrongs({
      [`begins with the check "${first}", not with "first step: …"`]:
        !first.startsWith('first step: '),
    }),
  ]
}

/** What is wrong with it, beside what the page shows of it. */
export function demoProblems(shown: string, { out, err, code }: DemoRun, due = 0): string[] {
  if (code === undefined) return ['did not end by itself']
  const difference = sayDifference(shown, out)
  const wide = out.split('\n').find((line) => [...line].length > 80)
  return wrongs({
    [`ended with exit code ${code}`]: code !== due,
    [`wrote to stderr: ${err.trim()}`]: err !== '',
    [`prints otherwise than the page shows: ${difference}. Paste what it prints, … for what varies`]:
      difference !== undefined,
    [`prints a line wider than 80 columns: ${wide}`]: wide !== undefined,
  })
}
