import type { ChecksRun } from '../../tutor/judge/run-checks.ts'
import type { Problem } from '../problem.ts'

type Judged = Pick<ChecksRun, 'names' | 'results' | 'ended' | 'printed'>

const fewestChecks = 3

/** The exercise as shipped is refused, by a check that says why: this is the first thing that a learner sees. */
export function exerciseRunProblems(slug: string, run: Judged): Problem[] {
  const file = `lessons/${slug}/exercise.ts`
  const end = sayEnd(run)
  if (end !== undefined)
    return [{ file, what: `crashes as shipped, where a check should fail: ${end}` }]
  const first = firstFailure(run)
  if (first === undefined) {
    const what = 'passes every check as shipped: leave something to do, or check for it'
    return [{ file, what }]
  }
  const others = run.results.slice(1).some(({ failure }) => failure !== undefined)
  if (run.results[0]?.failure === undefined || !others) {
    const what = 'has to fail the first check as shipped, and another one'
    return [{ file, what }]
  }
  const unclear = unclearIn(first).map((what) => ({ file: `lessons/${slug}/check.ts`, what }))
  return [...unclear, ...printed(file, run)]
}

/** The solution passes, and there is something to pass. */
export function solutionRunProblems(slug: string, run: Judged): Problem[] {
  const file = `lessons/${slug}/solution.ts`
  const end = sayEnd(run)
  if (end !== undefined) return [{ file, what: `crashes: ${end}` }]
  const first = firstFailure(run)
  if (first !== undefined)
    return [{ file, what: `does not pass: "${first.name}" says: ${first.said}` }]
  const count = run.names.length
  const few = { file: `lessons/${slug}/check.ts`, what: `has ${count} checks: three at least` }
  return [...(count < fewestChecks ? [few] : []), ...printed(file, run)]
}

/** A check that lets an error through speaks of its own insides. */
function unclearIn({ name, said }: { name: string; said: string }): string[] {
  if (said === '')
    return [`"${name}" does not say which call it made: give the assertion a message`]
  if (!said.startsWith('it threw ')) return []
  return [`"${name}" fails on the shipped exercise because ${said}: catch it, and say the call`]
}

/** It would stand in the guide below every verdict. */
function printed(file: string, run: Judged): Problem[] {
  const [line = ''] = run.printed.trim().split('\n')
  return line === '' ? [] : [{ file, what: `prints while it is checked: ${line}` }]
}

/** How the checks ended before their end; `undefined` where they all ran. */
function sayEnd({ ended, names, results }: Judged): string | undefined {
  if (ended.how === 'finished') return undefined
  const { how, ...more } = ended
  const reason = 'failure' in more ? more.failure.said : JSON.stringify(more)
  const running = names[results.length]
  return `${how} ${reason}${running === undefined ? '' : `, in the check "${running}"`}`
}

function firstFailure({ results }: Judged) {
  const first = results.find(({ failure }) => failure !== undefined)
  return first && { name: first.name, said: (first.failure?.said ?? '').replaceAll('\n', ' ') }
}
