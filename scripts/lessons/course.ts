import { type Lesson, parseLesson } from '../../tutor/journey/course.ts'
import { type Files, filesBelow, lessonSlugs, listFiles, npmScripts } from '../files.ts'
import type { Problem } from '../problem.ts'
import { type LessonFolder, readFolder } from './folder.ts'
import { builtinNames, wordsOf } from './names.ts'

/** The course as it stands on disk, and what there is around it. Read once; all rules look at this. */
export interface Course {
  readonly root: string
  readonly files: Files
  /** The paths of all our files. */
  readonly paths: readonly string[]
  readonly scripts: Readonly<Record<string, string>>
  /** In their order. */
  readonly folders: readonly LessonFolder[]
  readonly numbers: ReadonlySet<number>
  /** The pages that could be read as lessons, by slug. */
  readonly lessons: ReadonlyMap<string, Lesson>
  /** Of the others, why not. */
  readonly unreadable: ReadonlyMap<string, Problem>
  /** Every name in our code, in the language and in node. */
  readonly names: ReadonlySet<string>
}

export function openCourse(root: string): Course {
  const files = filesBelow(root)
  const paths = listFiles(root)
  const folders = lessonSlugs(root).map((slug) => readFolder(root, slug))
  const lessons = new Map<string, Lesson>()
  const unreadable = new Map<string, Problem>()
  for (const { slug, files } of folders) {
    const page = files['README.md']
    if (page === undefined) continue // folder.ts says so
    try {
      lessons.set(slug, { ...parseLesson(page), number: numberOf(slug), slug })
    } catch (error) {
      const what = `cannot be read: ${error instanceof Error ? error.message : error}`
      unreadable.set(slug, { file: `lessons/${slug}/README.md`, what })
    }
  }
  return {
    root,
    files,
    paths,
    scripts: npmScripts(files),
    folders,
    numbers: new Set(folders.map(({ slug }) => numberOf(slug))),
    lessons,
    unreadable,
    names: new Set([...builtinNames(), ...wordsOfOurs(files, paths), ...packageNames(files)]),
  }
}

export function numberOf(slug: string): number {
  return Number.parseInt(slug, 10)
}

/** Not those of other lessons: a hint speaks of its own exercise. */
function wordsOfOurs(files: Files, paths: readonly string[]): string[] {
  const ours = paths.filter((path) => /^(?:example|lessons\/[a-z]).*\.(?:ts|html)$/.test(path))
  return ours.flatMap((path) => [...wordsOf(files.read(path))])
}

function packageNames(files: Files): string[] {
  const { dependencies, devDependencies } = JSON.parse(files.read('package.json')) as {
    [kind: string]: Record<string, string>
  }
  return Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => name.split(/\W/))
}
