import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffLines } from 'diff'
import { attemptFile } from '../journey/attempt.ts'
import { type Lesson, pageFile } from '../journey/course.ts'
import type { Journey, Mark } from '../journey/journey.ts'
import { harmless } from '../terminal/harmless.ts'
import { type Look, paint, wrap, wrapItems } from '../terminal/look.ts'
import { sayLine, sayProse } from './prose.ts'

// What the guide shows, each a text: the interactive screen and the plain commands use the same.

/** How far the learner has come. */
export function progressBar(journey: Journey, look: Look): string {
  const { course, unpassed } = journey
  const passed = course.length - unpassed.length
  const words = `${passed} of ${course.length} passed`
  if (look.plain) return words
  const width = Math.max(0, Math.min(30, look.columns - words.length - 1))
  const filled = Math.floor((passed / course.length) * width)
  const [done, left] = ['█'.repeat(filled), '░'.repeat(width - filled)]
  return `${paint(look, 'good', done)}${paint(look, 'dim', left)} ${words}`
}

/** What a lesson is about, what to read, what to run and what to change. */
export function lessonHead(lesson: Lesson, journey: Journey, look: Look): string {
  const { number, title, minutes, goal } = lesson
  const missing = journey.unpassed.filter((other) => lesson.needs.includes(other.number))
  const numbers = missing.map((other) => other.number).join(' and ')
  const leans = `It leans on lesson${missing.length === 1 ? '' : 's'} ${numbers}, not passed yet.`
  return [
    paint(look, 'strong', wrap(look, `${number}. ${title}`)),
    wrap(look, `After this lesson you can ${sayLine(goal, lesson, look)}`),
    ...(missing.length === 0 ? [] : [paint(look, 'dim', wrap(look, leans))]),
    '',
    place('read', pageFile(lesson), look),
    place('try', `npm run learn demo ${number}`, look),
    place('change', attemptFile(lesson), look),
    `time    ${minutes} minutes`,
  ].join('\n')
}

/** A path is not broken in two: where it does not fit behind its label, it gets a line. */
function place(label: string, path: string, look: Look): string {
  const between = path.length + 8 > look.columns ? '\n  ' : ' '.repeat(8 - label.length)
  return `${label}${between}${paint(look, 'code', path)}`
}

const marks: Readonly<Record<Mark, string>> = { passed: '✓', skipped: '↷', open: '·' }

/** All lessons, each with its mark, one below the other. */
export function lessonList(journey: Journey, look: Look, current = journey.current): string {
  const widest = Math.max(...journey.course.map(({ title }) => title.length))
  const lines = journey.course.map((lesson) => {
    const mark = journey.markOf(lesson)
    if (look.plain) return inWords(lesson, mark, lesson === current)
    const pointer = lesson === current ? '▸' : ' '
    const number = String(lesson.number).padStart(2)
    const name = `${pointer} ${marks[mark]} ${number}  ${lesson.title}`
    const facts = ` ${String(lesson.minutes).padStart(3)} min  ${sayNeeds(lesson)}`
    const roomy = 8 + widest + facts.length <= look.columns
    const indent = name.search(/\S/)
    const line = roomy ? name.padEnd(8 + widest) : wrap(look, name.trimStart(), indent, 8 - indent)
    const style = mark === 'passed' ? 'good' : 'strong'
    return `${paint(look, style, line)}${roomy ? paint(look, 'dim', facts) : ''}`
  })
  if (look.plain) return lines.join('\n')
  const legend = ['✓ passed', '↷ skipped', '· open', '▸ you are here']
  return [...lines, '', paint(look, 'dim', wrapItems(look, legend, '  '))].join('\n')
}

function inWords(lesson: Lesson, mark: Mark, here: boolean): string {
  const { number, title, minutes } = lesson
  return `${number}. ${title}: ${mark}${here ? ', you are here' : ''}, ${minutes} minutes, ${sayNeeds(lesson)}`
}

function sayNeeds({ needs }: Lesson): string {
  return needs.length === 0 ? 'needs nothing' : `needs ${needs.join(', ')}`
}

export const rungs = ['what you are looking at', 'a question', 'where to read']

/** The first hints of a lesson, each a section. */
export function hints(lesson: Lesson, count: number, look: Look): string[] {
  return lesson.hints.slice(0, count).map((hint, index) => {
    const heading = `Hint ${index + 1} of ${lesson.hints.length}: ${rungs[index]}`
    return `${paint(look, 'strong', wrap(look, heading))}\n${sayProse(hint, lesson, look)}`
  })
}

/** What there is to know after passing, how to see our answer, and where to go. */
export function afterPassing(
  lesson: Lesson,
  { journey, look, diff, next }: { journey: Journey; look: Look; diff: string; next: string },
): string[] {
  const told = sayProse(lesson.afterwards, lesson, look)
  const beside = toType('Your answer beside ours:', diff, look)
  const following = journey.after(lesson)
  if (following === undefined) return [told, beside, ending(journey, look)]
  const { number, title, minutes } = following
  const onward = toType(`Next: ${number}. ${title}, ${minutes} minutes:`, next, look)
  return [told, `${beside}\n${onward}`]
}

/** What to type is not broken in two. */
function toType(words: string, command: string, look: Look): string {
  return wrapItems(look, [...words.split(' '), command], ' ')
}

/** The end of the course: what has been achieved, and what was left out. */
export function ending({ course, unpassed }: Journey, look: Look): string {
  if (unpassed.length === 0) {
    const goals = course.map((lesson) => `- ${sayLine(lesson.goal, lesson, look)}`)
    return [
      paint(look, 'good', wrap(look, `You have passed all ${course.length} lessons. You can now`)),
      ...goals.map((goal) => wrap(look, goal, 2, 2)),
      '',
      wrap(look, 'From here, go on into the app itself, the folder example/, and its tests.'),
    ].join('\n')
  }
  const passed = course.length - unpassed.length
  const left = unpassed.map(({ number, title }) => `${number}. ${title}: npm run learn ${number}`)
  return [
    wrap(look, `That was the last lesson. You passed ${passed} of ${course.length}. Still open:`),
    ...left.map((line) => wrap(look, line, 2, 2)),
  ].join('\n')
}

/** What the learner wrote beside the solution: `-` is the learner's line, `+` the solution's. */
export function differences(
  attempt: string,
  { root, lesson, look }: { root: string; lesson: Lesson; look: Look },
): string {
  const solution = `lessons/${lesson.slug}/solution.ts`
  const changes = diffLines(harmless(attempt), read(root, solution))
  const lines = changes.flatMap(({ added, removed, value }) => {
    const sign = added ? '+' : removed ? '-' : ' '
    const style = added ? 'good' : removed ? 'bad' : 'dim'
    const parts = value.replace(/\n$/, '').split('\n')
    return parts.map((line) => paint(look, style, `${sign}${wrap(look, line, 2, 2).slice(1)}`))
  })
  return [
    paint(look, 'bad', `- ${attemptFile(lesson)}`),
    paint(look, 'good', `+ ${solution}`),
    '',
    ...lines,
    '',
    wrap(look, 'Yours passes every check: it is as right as ours.'),
  ].join('\n')
}

/** Our answer as it stands in its file: no line is broken, so that it can be copied. */
export function solution(root: string, lesson: Lesson, look: Look): string {
  const file = `lessons/${lesson.slug}/solution.ts`
  return `${paint(look, 'code', file)}\n\n${read(root, file)}`
}

function read(root: string, file: string): string {
  return harmless(readFileSync(join(root, file), 'utf8'))
}
