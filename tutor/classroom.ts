import type { Journey } from './journey/journey.ts'
import type { judge } from './judge/verdict.ts'

/** The course on pages. They are a room of their own that knows this one; so it is handed in. */
export type OpenClassroom = (options: {
  readonly journey: Journey
  readonly judge: typeof judge
  readonly env: NodeJS.ProcessEnv
}) => Promise<Classroom>

export interface Classroom {
  readonly url: string
  /** What else there is to say, such as that the usual port was taken. */
  readonly notice?: string
  stop(): Promise<void>
}

export function sayClassroom({ url, notice }: Classroom): string {
  const open = `The course is on a page: ${url}`
  return notice === undefined ? open : `${open}\n${notice}`
}
