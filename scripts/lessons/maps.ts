import { posix } from 'node:path'
import { fencesOf, rowsOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

/** What the tables of lessons repeat of a lesson's page. */
export interface Mapped {
  readonly number: number
  readonly slug: string
  readonly title: string
  readonly goal: string
  readonly minutes: number
  readonly needs: readonly number[]
}

/**
 * A table of lessons has one row for each: number, title with a link, what you can do after it, minutes, and
 * the lessons that it needs.
 */
export function tableProblems(file: string, text: string, course: readonly Mapped[]): Problem[] {
  const rows = rowsOf(text).flatMap(({ line, cells }) => {
    const [, title, target] = /^\[(.*)\]\(([^)]*)\)$/.exec(cells[1] ?? '') ?? []
    const path = posix.join(posix.dirname(file), target ?? '')
    const slug = /^lessons\/(\d[^/]*)\/README\.md$/.exec(path)?.[1]
    return slug === undefined ? [] : [{ line, slug, title, cells }]
  })
  return course.flatMap((lesson) => {
    const [row, second] = rows.filter(({ slug }) => slug === lesson.slug)
    if (row === undefined)
      return [{ file, what: `has no row for lesson ${lesson.number}: ${rowOf(file, lesson)}` }]
    if (second !== undefined)
      return [{ file, line: second.line, what: `has two rows for lesson ${lesson.number}` }]
    const [number, , goal = '', minutes, needs = ''] = row.cells
    const agrees =
      number === String(lesson.number) &&
      row.title === lesson.title &&
      plain(goal) === plain(lesson.goal) &&
      minutes === String(lesson.minutes) &&
      (needs.match(/\d+/g) ?? []).join() === lesson.needs.join()
    return agrees
      ? []
      : [{ file, line: row.line, what: `disagrees with the lesson: ${rowOf(file, lesson)}` }]
  })
}

/** The row as it should be, to be pasted. */
function rowOf(file: string, { number, title, slug, goal, minutes, needs }: Mapped): string {
  const path = posix.relative(posix.dirname(file), `lessons/${slug}/README.md`)
  const cells = [number, `[${title}](${path})`, plain(goal), minutes, needs.join(', ') || '–']
  return `| ${cells.join(' | ')} |`
}

function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '')
    .trim()
}

/** A drawing of the course, where a document has one, has an arrow from each lesson to those that need it. */
export function graphProblems(file: string, text: string, course: readonly Mapped[]): Problem[] {
  const drawings = fencesOf(text).filter(
    ({ info, code }) => info === 'mermaid' && /^ *1\["1\./m.test(code),
  )
  const wanted = course.flatMap(({ number, needs }) => needs.map((need) => `${need} --> ${number}`))
  return drawings.flatMap(({ code, line }) => {
    const drawn = arrowsIn(code)
    return [
      ...wanted
        .filter((arrow) => !drawn.includes(arrow))
        .map((arrow) => ({
          file,
          line,
          what: `draws no arrow ${arrow}, which a lesson's needs say`,
        })),
      ...drawn
        .filter((arrow) => !wanted.includes(arrow))
        .map((arrow) => ({ file, line, what: `draws ${arrow}, which no lesson's needs say` })),
    ]
  })
}

/** `1["One"] --> 2 --> 3` is two arrows. */
function arrowsIn(code: string): string[] {
  return code.split('\n').flatMap((line) => {
    const nodes = line.split('-->').map((node) => /^\s*(\d+)/.exec(node)?.[1])
    return nodes.slice(1).map((node, index) => `${nodes[index]} --> ${node}`)
  })
}
