import type { Lesson } from './journey/course.ts'
import type { Journey } from './journey/journey.ts'
import type { Judge } from './judge/verdict.ts'

/** The course on pages. They are a room of their own that knows this one; so it is handed in. */
export type OpenClassroom = (options: {
  readonly journey: Journey
  readonly judge: Judge
  readonly env: NodeJS.ProcessEnv
  /** Of a class, where the folders of its learners are: then its page is shown, and no lesson. */
  readonly folder?: string | undefined
}) => Promise<Classroom>

export interface Classroom {
  readonly url: string
  /** The address of a lesson's page. */
  urlOf(lesson: Pick<Lesson, 'slug'>): string
  /** What else there is to say, such as that the usual port was taken. */
  readonly notice?: string
  stop(): Promise<void>
}

export function sayClassroom({ notice }: Classroom, what: string, url: string): string {
  const open = `The ${what} is on a page: ${url}`
  return notice === undefined ? open : `${open}\n${notice}`
}
