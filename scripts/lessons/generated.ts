import { posix } from 'node:path'
import { type Lesson, pageFile } from '../../tutor/journey/course.ts'
import type { Problem } from '../problem.ts'
import type { Course } from './course.ts'

const tables = ['README.md', 'lessons/README.md']
const around = [...tables, 'lessons/INSTRUCTORS.md']

/** The documents that repeat the lessons otherwise than they are, and what they should say. */
export function repetitions(course: Course): Array<{ file: string; text: string; wanted: string }> {
  const { files, lessons } = course
  const documents = around.filter(files.has).map((file) => {
    const text = files.read(file)
    return { file, text, wanted: withDrawing(withTable(text, file, lessons), lessons) }
  })
  const pages = lessons.map((lesson, index) => {
    const file = pageFile(lesson)
    const text = files.read(file)
    return { file, text, wanted: withHeading(withNext(text, lessons[index + 1]), lesson) }
  })
  return [...documents, ...pages].filter(({ text, wanted }) => text !== wanted)
}

/** The same, as problems of the lines where they begin. */
export function repetitionProblems(course: Course): Problem[] {
  const { files } = course
  const lost = tables.filter((file) => files.has(file) && !tableOf.test(files.read(file)))
  const repeated = repetitions(course).map(({ file, text, wanted }) => {
    const [is, lines] = [text.split('\n'), wanted.split('\n')]
    const at = is.findIndex((line, index) => line !== lines[index])
    const what = `disagrees with the lessons, type npm run lessons:check -- --write: ${lines[at]}`
    return { file, line: at + 1, what }
  })
  return [...lost.map((file) => ({ file, what: 'has no table of the lessons' })), ...repeated]
}

const tableOf = /^(\| \| lesson \|.*\n\|[-:| ]+\n)(?:\|.*\n)*/m

function withTable(text: string, file: string, lessons: readonly Lesson[]): string {
  const rows = lessons.map(({ number, title, slug, goal, minutes, needs }) => {
    const path = posix.relative(posix.dirname(file), pageFile({ slug }))
    const plain = goal.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    return `| ${number} | [${title}](${path}) | ${plain} | ${minutes} | ${needs.join(', ') || '–'} |\n`
  })
  return text.replace(tableOf, (_, head) => head + rows.join(''))
}

/** An arrow from each lesson to those that need it. */
function withDrawing(text: string, lessons: readonly Lesson[]): string {
  const lines = lessons.map(({ number, slug, needs }) => {
    const name = slug.slice(3).replaceAll('-', ' ')
    const from = needs.length === 0 ? '' : `${needs.join(' & ')} --> `
    return `  ${from}${number}["${number}. ${name.charAt(0).toUpperCase()}${name.slice(1)}"]\n`
  })
  return text.replace(/(?<=^```mermaid\nflowchart LR\n) {2}1\["1\.[^`]*/m, () => lines.join(''))
}

function withHeading(text: string, { number, title }: Lesson): string {
  return text.replace(/^# .*$/m, () => `# ${number}. ${title}`)
}

function withNext(text: string, next: Lesson | undefined): string {
  const [said, path] =
    next === undefined
      ? ['the map of the course', '../README.md']
      : [`${next.number}. ${next.title}`, `../${next.slug}/README.md`]
  return `${text.replace(/\n*\*Next: [^\n]*\n*$/, '').trimEnd()}\n\n*Next: [${said}](${path})*\n`
}
