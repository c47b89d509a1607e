import type { Lesson } from '../journey/course.ts'
import type { Journey } from '../journey/journey.ts'
import type { Verdict } from './verdict.ts'

/** Keeps a verdict in the progress: that the lesson has passed, or what stands in its way. */
export function writeDown(verdict: Verdict, journey: Journey, lesson: Lesson): void {
  const obstacle = obstacleOf(verdict)
  if (obstacle === undefined) return journey.pass(lesson)
  try {
    journey.fail(lesson, obstacle)
  } catch {
    // A full disk keeps no verdict from the learner: this note is for whoever teaches.
  }
}

function obstacleOf(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'passed':
      return undefined
    case 'failed':
      return verdict.results.find(({ failure }) => failure !== undefined)?.name
    case 'types':
      return 'TypeScript'
    case 'broken':
      return verdict.running ?? 'it does not run to its end'
  }
}
