import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffLines } from 'diff'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import type { Journey, Mark } from './journey.ts'
import { type Look, paint, wrap } from './look.ts'
import { sayProse } from './prose.ts'

// What the guide shows, each a text: the interactive screen and the plain commands use the same.

/** How far the learner has come. */
export function progressBar(journey: Journey, look: Look): string {
  const { course } = journey
  const passed = course.filter((lesson) => journey.markOf(lesson) === 'passed').length
  const width = Math.min(30, look.columns - 22)
  const filled = course.length === 0 ? 0 : Math.round((passed / course.length) * width)
  const bar = `${paint(look, 'good', '█'.repeat(filled))}${paint(look, 'dim', '░'.repeat(width - filled))}`
  return `${bar} ${passed} of ${course.length} passed`
}

/** What a lesson is about, what to read and what to change. */
export function lessonHead(lesson: Lesson, journey: Journey, look: Look): string {
  const { number, title, minutes, goal, slug, needs } = lesson
  const missing = needs.filter((need) => journey.markOf(journey.find(String(need))) !== 'passed')
  const first =
    missing.length === 0 ? [] : [`It leans on lesson ${missing.join(' and ')}, not passed yet.`]
  return [
    paint(look, 'strong', wrap(look, `${number}. ${title}`)),
    wrap(look, `After this lesson you can ${goal}`),
    ...first.map((line) => paint(look, 'dim', wrap(look, line))),
    '',
    `read    ${paint(look, 'code', `lessons/${slug}/README.md`)}`,
    `change  ${paint(look, 'code', attemptFile(lesson))}`,
    `minutes ${minutes}`,
  ].join('\n')
}

const marks: Readonly<Record<Mark, string>> = { passed: '✓', skipped: '↷', open: '·' }

/** All lessons, each with its mark. */
export function lessonList(journey: Journey, look: Look): string {
  const current = journey.current
  const lines = journey.course.map((lesson) => {
    const mark = journey.markOf(lesson)
    const pointer = lesson === current ? '▸' : ' '
    const number = String(lesson.number).padStart(2)
    const line = `${pointer} ${marks[mark]} ${number}  ${lesson.title.padEnd(look.columns < 70 ? 0 : 40)}`
    const facts =
      look.columns < 70 ? '' : ` ${String(lesson.minutes).padStart(3)} min  ${sayNeeds(lesson)}`
    return paint(look, mark === 'passed' ? 'good' : 'strong', line) + paint(look, 'dim', facts)
  })
  return [...lines, '', paint(look, 'dim', '✓ passed  ↷ skipped  · open  ▸ you are here')].join(
    '\n',
  )
}

function sayNeeds({ needs }: Lesson): string {
  return needs.length === 0 ? 'needs nothing' : `needs ${needs.join(', ')}`
}

const rungs = ['what you are looking at', 'a question', 'where to read']

/** The hints that are open. */
export function openHints(lesson: Lesson, count: number, look: Look): string {
  const open = lesson.hints.slice(0, count)
  const texts = open.map((hint, index) => {
    const heading = paint(
      look,
      'strong',
      `Hint ${index + 1} of ${lesson.hints.length}: ${rungs[index]}`,
    )
    return `${heading}\n${sayProse(hint, lesson.slug, look)}`
  })
  return texts.join('\n\n')
}

/** What there is to know after passing. */
export function afterwards(lesson: Lesson, look: Look): string {
  return sayProse(lesson.afterwards, lesson.slug, look)
}

/** The learner's file beside the solution: `-` is the learner's line, `+` the solution's. */
export function differences(root: string, lesson: Lesson, look: Look): string {
  const solution = `lessons/${lesson.slug}/solution.ts`
  const changes = diffLines(read(root, attemptFile(lesson)), read(root, solution))
  const lines = changes.flatMap(({ added, removed, value }) => {
    const sign = added ? '+' : removed ? '-' : ' '
    const style = added ? 'good' : removed ? 'bad' : 'dim'
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => paint(look, style, `${sign} ${line}`))
  })
  return [
    `${paint(look, 'bad', `- ${attemptFile(lesson)}`)}\n${paint(look, 'good', `+ ${solution}`)}`,
    ...lines,
    '',
    wrap(look, 'Yours passes every check: another way to say it is as right.'),
  ].join('\n')
}

export function solution(root: string, lesson: Lesson, look: Look): string {
  const file = `lessons/${lesson.slug}/solution.ts`
  return `${paint(look, 'code', file)}\n\n${read(root, file)}`
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
