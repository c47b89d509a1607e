import { existsSync } from 'node:fs'
import { attemptFile } from '../journey/attempt.ts'
import { type Lesson, pageFile } from '../journey/course.ts'

// The sentences of the guide about what was done last.

export const keepOpen =
  'Keep this open. Edit in your editor, and type other commands in a second terminal.'

export const noEvents =
  'No file events arrive here, so your file itself is looked at, twice a second.'

export const sayReady = (lesson: Lesson) => `Your copy is ready: ${attemptFile(lesson)}`

export const sayGone = (lesson: Lesson) =>
  `${attemptFile(lesson)} is gone. Put it back, or press r for a new copy.`

export function sayShipped(root: string, lesson: Lesson): string {
  const shipped = `lessons/${lesson.slug}/exercise.ts`
  if (!existsSync(`${root}/${shipped}`))
    return `${shipped} is gone. Put it back: git restore lessons`
  return `${shipped} has changed. The checks look at your copy:\n${attemptFile(lesson)}`
}

export const sayFirstStep = (lesson: Lesson) =>
  `You are at the first step, one line. Its question is on the page: ${pageFile(lesson)}. The hints are about what comes after it.`

export const sayNoMoreHints = (lesson: Lesson) =>
  `There are no more hints. The page says more: ${pageFile(lesson)}`

export const askReset = ({ number }: Lesson) =>
  `Press r once more to begin lesson ${number} again. Your attempt is kept beside the new copy.`

export const sayReset = (kept: string | undefined) =>
  kept === undefined
    ? 'The exercise is as it was in the beginning.'
    : `A new copy is ready. Your attempt is kept as ${kept}.`

export const sayOpens = (lesson: Lesson) => `The page opens: ${pageFile(lesson)}`

export const sayNotOpened = (lesson: Lesson) =>
  `Nothing here can open the page. Open it in your editor: ${pageFile(lesson)}`
