import { pageFile } from '../tutor/journey/course.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import { renderLine } from './markdown.ts'

/** The way through the course, for its template. */
export function mapOf(journey: Journey): object {
  const { course, unpassed, current, notice } = journey
  const further = unpassed.find(({ number }) => number >= current.number)
  return {
    count: course.length - unpassed.length,
    of: course.length,
    done: unpassed.length === 0,
    goOn: further ?? unpassed[0],
    notice,
    lessons: course.map((lesson) => {
      const mark = journey.markOf(lesson)
      return {
        ...lesson,
        goal: renderLine(lesson.goal, pageFile(lesson)),
        needs: lesson.needs.join(', '),
        mark,
        isPassed: mark === 'passed',
        isSkipped: mark === 'skipped',
        here: lesson === current,
      }
    }),
  }
}
