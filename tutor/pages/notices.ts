import { existsSync } from 'node:fs'
import { attemptFile } from '../journey/attempt.ts'
import { type Lesson, pageFile } from '../journey/course.ts'

// The sentences of the guide about what was done last.

export const keepOpen =
  'Keep this open. Edit in your editor, and type other commands in a second terminal.'

export const noEvents =
  'No file events arrive here, so the guide itself checks whether your file has changed. Enter checks at once.'

export function sayReady(lesson: Lesson): string {
  return `Your copy is ready: ${attemptFile(lesson)}`
}

export function sayGone(lesson: Lesson): string {
  return `${attemptFile(lesson)} is gone. Put it back, or press r for a new copy.`
}

export function sayShipped(root: string, lesson: Lesson): string {
  const shipped = `lessons/${lesson.slug}/exercise.ts`
  if (!existsSync(`${root}/${shipped}`))
    return `${shipped} is gone. Put it back: git restore lessons`
  return `${shipped} has changed. The checks look at your copy:\n${attemptFile(lesson)}`
}

export function sayFirstStep(lesson: Lesson): string {
  return `You are at the first step, one line. Its question is on the page: ${pageFile(lesson)}. The hints are about what comes after it.`
}

export function sayNoMoreHints(lesson: Lesson): string {
  return `There are no more hints. The page says more: ${pageFile(lesson)}`
}

export function askReset({ number }: Lesson): string {
  return `Press r once more to begin lesson ${number} again. Your attempt is kept beside the new copy.`
}

export function sayReset(kept: string | undefined): string {
  if (kept === undefined) return 'The exercise is as it was in the beginning.'
  return `A new copy is ready. Your attempt is kept as ${kept}.`
}

export function sayOpens(lesson: Lesson): string {
  return `The page opens: ${pageFile(lesson)}`
}

export function sayNotOpened(lesson: Lesson): string {
  return `Nothing here can open the page. Open it in your editor: ${pageFile(lesson)}`
}
