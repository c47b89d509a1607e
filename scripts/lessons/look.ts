import { commandProblems } from '../docs/commands.ts'
import { linkProblems } from '../docs/links.ts'
import { quoteProblems } from '../docs/quotes.ts'
import { type Problem, wrongs } from '../problem.ts'
import { codeProblems } from './code.ts'
import { type Course, type LessonFolder, lessonsOf } from './course.ts'
import { fenceProblems } from './fences.ts'
import { repetitionProblems } from './generated.ts'
import { hintProblems, wordsOf } from './hints.ts'
import { pageProblems } from './page.ts'
import { voiceProblems } from './voice.ts'

// All rules that look, without running anything.

/** What concerns all lessons together. */
export function courseProblems(course: Course): Problem[] {
  const { files, folders, paths } = course
  const around = paths.filter((path) => /^lessons\/[^/]+\.md$/.test(path))
  const typed = /"include": \[[^\]]*"lessons"/.test(files.read('tsconfig.json'))
  const untyped = wrongs({ 'does not include lessons: nobody types the exercises': !typed })
  return [
    ...folders.flatMap(({ slug }, index) => numberProblems(slug, index + 1)),
    ...untyped.map((what) => ({ file: 'tsconfig.json', what })),
    ...repetitionProblems(course),
    ...around.flatMap((file) => documentProblems(course, file, files.read(file))),
  ]
}

/** Folders are numbered with two digits, from 1 and without gaps. */
function numberProblems(slug: string, due: number): Problem[] {
  const named = /^\d\d-[a-z0-9-]+$/.test(slug)
  const wrong = wrongs({
    'is named otherwise than 02-two-or-three-words': !named,
    [`is where lesson ${due} belongs: leave no gaps`]: named && Number.parseInt(slug, 10) !== due,
  })
  return wrong.map((what) => ({ file: `lessons/${slug}`, what }))
}

/** What can be said of one lesson. */
export function lessonProblems(course: Course, folder: LessonFolder): Problem[] {
  const { slug, number, files, lesson } = folder
  const file = `lessons/${slug}/README.md`
  const proof = `test/lessons/${slug}.test.ts`
  const text = files['README.md'] ?? ''
  const code = codeProblems(folder, course.files.has(proof) ? course.files.read(proof) : '')
  if (typeof lesson === 'string') return [...code, { file, what: `cannot be read: ${lesson}` }]
  const own = Object.entries(files).flatMap(([name, text]) => (name.endsWith('.ts') ? [text] : []))
  const names = new Set([...course.names, ...own.flatMap(wordsOf)])
  const { needs } = lesson
  // Who needs only what comes earlier can never need itself.
  const wrong = needs.filter((need, at) => need < 1 || need >= number || needs.indexOf(need) !== at)
  const needless = wrong.map((need) => `needs lesson ${need}: name earlier ones, each once`)
  return [
    ...code,
    ...[...needless, ...pageProblems({ number, slug, text })].map((what) => ({ file, what })),
    ...fenceProblems(file, number, text),
    ...hintProblems(file, text, names),
    ...documentProblems(course, file, text),
  ]
}

/** How it speaks, and what npm run docs looks at in every document, for those who check one lesson. */
function documentProblems(course: Course, file: string, text: string): Problem[] {
  const { files, scripts } = course
  const lessons = new Set(lessonsOf(course).map(({ number }) => number))
  return [
    ...voiceProblems(file, text),
    ...linkProblems(file, text, files),
    ...commandProblems(file, text, { scripts, lessons, has: files.has }),
    ...quoteProblems(file, text, files),
  ]
}
