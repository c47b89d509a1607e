import { attemptFile } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import type { Broken } from '../judge/verdict.ts'

/** What broke, in a sentence, and one with the way out. */
export function sayBroken({ broke, running }: Broken, lesson: Lesson): string {
  const { number, slug } = lesson
  const file = attemptFile(lesson)
  const putBack = `Put it back: git restore lessons/${slug}`
  const where = running === undefined ? `Loading ${file}` : `The check "${running}"`
  const during = running === undefined ? '' : ` during the check "${running}"`
  switch (broke.how) {
    case 'no checks':
      return `lessons/${slug}/check.ts holds no checks. ${putBack}`
    case 'few checks':
      return `Only ${broke.ran} of ${broke.of} checks ran. Look for a line that replaces something of JavaScript itself, such as Object.entries.`
    case 'late types':
      return `The types did not end within ${broke.seconds} seconds. Look for a type that refers to itself. ${ifBusy}`
    case 'lesson':
      return `The files of the lesson cannot be loaded. ${putBack}`
    case 'load':
      return `${file} cannot be loaded.`
    case 'names': {
      const missing = broke.missing.join(', ').replace(/\bdefault\b/, 'a default (export default)')
      return `${file} does not export ${missing}: the checks ask for it by that name. If your copy is older than the lesson, copy that line from lessons/${slug}/exercise.ts, or begin again, which keeps your attempt: npm run learn reset ${number}`
    }
    case 'uncaught':
      return `Something in the exercise threw, and nobody caught it${during}. Is an await missing?`
    case 'waits':
      return `${where} waits for something that never comes. Look for a promise that is never resolved.`
    case 'late':
      return `${where} did not end within ${broke.seconds} seconds. Look for a loop, or a wait, that does not end. ${ifBusy}`
    case 'slow':
      return `The files of the lesson were not loaded within ${broke.seconds} seconds, which is not your doing. ${ifBusy}`
    case 'exit':
      return `The exercise ended the process${during}, with exit code ${broke.code}. Nothing in it should do that. To refuse is to throw.`
    case 'killed':
      return `The process was killed${during}. Most often that means that the exercise used up the memory: look for a list that never stops growing.`
  }
}

const ifBusy = 'If this machine is busy with other things, check once more.'
