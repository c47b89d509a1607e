import { posix } from 'node:path'
import { type Lesson, parseLesson } from '../../tutor/journey/course.ts'
import { type Files, filesBelow, lessonSlugs, listFiles, npmScripts } from '../files.ts'
import { builtinNames, wordsOf } from './hints.ts'

/** The course as it stands on disk, and what there is around it. Read once; all rules look at this. */
export interface Course {
  readonly root: string
  readonly files: Files
  /** The paths of all our files. */
  readonly paths: readonly string[]
  readonly scripts: Readonly<Record<string, string>>
  /** In their order. */
  readonly folders: readonly LessonFolder[]
  /** Every name in our code, in the language and in node, and of every file. */
  readonly names: ReadonlySet<string>
}

/** A lesson as it stands on disk. */
export interface LessonFolder {
  readonly slug: string
  readonly number: number
  /** What is in its folder, by name. */
  readonly files: Readonly<Record<string, string>>
  /** Its page, or why that cannot be read as a lesson. */
  readonly lesson: Lesson | string
}

export function openCourse(root: string): Course {
  const files = filesBelow(root)
  const paths = listFiles(root)
  return {
    root,
    files,
    paths,
    names: new Set([...builtinNames(), ...namesOfOurs(files, paths)]),
    scripts: npmScripts(files),
    folders: lessonSlugs(root).map((slug) => readFolder(files, paths, slug)),
  }
}

function readFolder(files: Files, paths: readonly string[], slug: string): LessonFolder {
  const folder = `lessons/${slug}/`
  const own = paths.filter((path) => path.startsWith(folder))
  const texts = Object.fromEntries(own.map((path) => [path.slice(folder.length), files.read(path)]))
  const number = Number.parseInt(slug, 10)
  return { slug, number, files: texts, lesson: read(texts['README.md'] ?? '', number, slug) }
}

function read(page: string, number: number, slug: string): Lesson | string {
  try {
    return { ...parseLesson(page), number, slug }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Not those of other lessons: a hint speaks of its own exercise. */
function namesOfOurs(files: Files, paths: readonly string[]): string[] {
  const code = paths.filter((path) => /^(?:example|lessons\/[a-z]).*\.(?:ts|html)$/.test(path))
  const { dependencies, devDependencies } = JSON.parse(files.read('package.json'))
  const packages = Object.keys({ ...dependencies, ...devDependencies }).join(' ')
  const names = [...code.map(files.read), packages].flatMap(wordsOf)
  return [...names, ...paths.map((path) => posix.basename(path))]
}

/** The lessons whose pages could be read. */
export function lessonsOf({ folders }: Course): Lesson[] {
  return folders.flatMap(({ lesson }) => (typeof lesson === 'string' ? [] : [lesson]))
}
