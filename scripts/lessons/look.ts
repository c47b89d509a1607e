import { posix } from 'node:path'
import type { Lesson } from '../../tutor/journey/course.ts'
import { commandProblems } from '../docs/commands.ts'
import { linkProblems } from '../docs/links.ts'
import { quoteProblems } from '../docs/quotes.ts'
import type { Problem } from '../problem.ts'
import { checkProblems, exerciseProblems, proofProblems } from './code.ts'
import { type Course, numberOf } from './course.ts'
import { fenceProblems } from './fences.ts'
import { folderProblems, type LessonFolder } from './folder.ts'
import { hintProblems } from './hints.ts'
import { graphProblems, tableProblems } from './maps.ts'
import { wordsOf } from './names.ts'
import { needsProblems, numberProblems } from './order.ts'
import { pageProblems } from './page.ts'
import { shellProblems } from './shell.ts'
import { voiceProblems } from './voice.ts'

// All rules that look, without running anything.

/** Where a table of the lessons stands, and where a drawing of the course may. */
const tables = ['README.md', 'lessons/README.md']
const drawings = ['README.md', 'lessons/README.md', 'lessons/INSTRUCTORS.md']

/** What concerns all lessons together. */
export function courseProblems(course: Course): Problem[] {
  const lessons = [...course.lessons.values()]
  const around = course.paths.filter((path) => /^lessons\/[^/]+\.md$/.test(path))
  return [
    ...numberProblems(course.folders.map(({ slug }) => slug)),
    ...typeProblems(course),
    ...read(course, drawings).flatMap(([file, text]) => graphProblems(file, text, lessons)),
    ...read(course, around).flatMap(([file, text]) => [
      ...voiceProblems(file, text),
      ...documentProblems(course, file, text),
    ]),
  ]
}

/** What can be said of one lesson. */
export function lessonProblems(course: Course, folder: LessonFolder): Problem[] {
  const { slug } = folder
  const lesson = course.lessons.get(slug)
  const unreadable = course.unreadable.get(slug)
  const proof = `test/lessons/${slug}.test.ts`
  return [
    ...folderProblems(folder),
    ...proofProblems(proof, read(course, [proof])[0]?.[1]),
    ...exerciseProblems(folder),
    ...checkProblems(folder),
    ...(unreadable === undefined ? [] : [unreadable]),
    ...(lesson === undefined ? [] : writtenProblems(course, folder, lesson)),
  ]
}

function writtenProblems(course: Course, { files }: LessonFolder, lesson: Lesson): Problem[] {
  const { number, slug, title } = lesson
  const file = `lessons/${slug}/README.md`
  const text = files['README.md'] ?? ''
  const code = Object.entries(files).filter(([name]) => name.endsWith('.ts'))
  const own = new Set(code.flatMap(([, text]) => [...wordsOf(text)]))
  const known = {
    name: (word: string) => own.has(word) || course.names.has(word),
    path: (path: string) => isPath(course, path, slug),
    script: (name: string) => Object.hasOwn(course.scripts, name),
  }
  return [
    ...needsProblems(file, lesson),
    ...pageProblems({ file, number, slug, title, text, next: nextOf(course, slug) }),
    ...fenceProblems(file, number, text),
    ...hintProblems(file, text, known),
    ...shellProblems(file, text, known),
    ...voiceProblems(file, text),
    ...documentProblems(course, file, text),
    ...read(course, tables).flatMap(([table, rows]) => tableProblems(table, rows, [lesson])),
  ]
}

/** What npm run docs looks at in every document, for those who check one lesson. */
function documentProblems(
  { files, scripts, numbers }: Course,
  file: string,
  text: string,
): Problem[] {
  return [
    ...linkProblems(file, text, files),
    ...commandProblems(file, text, { scripts, lessons: numbers, has: files.has }),
    ...quoteProblems(file, text, files),
  ]
}

/** npm run types looks at the exercises, too. */
function typeProblems({ files }: Course): Problem[] {
  const included = /"include": \[[^\]]*"lessons"/.test(files.read('tsconfig.json'))
  if (included) return []
  return [{ file: 'tsconfig.json', what: 'does not include lessons: nobody types the exercises' }]
}

function nextOf({ folders, lessons }: Course, slug: string) {
  const next = folders[folders.findIndex((folder) => folder.slug === slug) + 1]
  if (next === undefined) return undefined
  const title = lessons.get(next.slug)?.title
  return { number: numberOf(next.slug), slug: next.slug, title }
}

/** From the root, in the lesson's folder, anywhere by its last part, or the learner's copy. */
function isPath({ files, paths }: Course, path: string, slug: string): boolean {
  const bare = path.replace(/\/$/, '')
  return (
    bare === `my/${slug}/exercise.ts` ||
    files.has(bare) ||
    files.has(posix.join('lessons', slug, bare)) ||
    paths.some((known) => known.endsWith(`/${bare}`))
  )
}

function read({ files }: Course, paths: readonly string[]): Array<[file: string, text: string]> {
  return paths.filter((path) => files.has(path)).map((path) => [path, files.read(path)])
}
