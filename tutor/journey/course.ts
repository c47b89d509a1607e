import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import { plainText } from './own-file.ts'

const FrontMatter = v.strictObject({
  title: v.pipe(v.string(), v.nonEmpty()),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  needs: v.array(v.pipe(v.number(), v.integer())),
  rfc: v.pipe(v.array(v.string()), v.minLength(1)),
  attacks: v.array(v.string()),
  /** How long each of its checks may take, where ten seconds are too few. */
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 10),
})

/** One lesson, read from its README: the guide knows nothing else of it. */
export interface Lesson extends v.InferOutput<typeof FrontMatter> {
  readonly number: number
  /** The name of its folder: `02-three-parts`. */
  readonly slug: string
  /** What you can do after it. */
  readonly goal: string
  readonly hints: readonly string[]
  /** What is told after passing. */
  readonly afterwards: string
}

/**
 * All lessons below `root`, in their order. A folder without a page is none yet.
 * @throws Error when a page cannot be read as a lesson
 */
export function readCourse(root: string): Lesson[] {
  const folder = join(root, 'lessons')
  if (!existsSync(folder)) throw new Error(`Cannot find the lessons: ${folder} is not there`)
  const slugs = readdirSync(folder).filter((name) => /^\d\d-/.test(name))
  const written = slugs.filter((slug) => existsSync(join(folder, slug, 'README.md')))
  return written.sort().map((slug) => readLesson(join(folder, slug, 'README.md'), slug))
}

function readLesson(path: string, slug: string): Lesson {
  try {
    return { ...parseLesson(readFileSync(path, 'utf8')), number: Number(slug.slice(0, 2)), slug }
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n')
    const page = pageFile({ slug })
    throw new Error(`Cannot read ${page}: ${reason}. If you changed it: git restore ${page}`)
  }
}

/** The page of a lesson, as it is named from the root. */
export function pageFile({ slug }: Pick<Lesson, 'slug'>): string {
  return `lessons/${slug}/README.md`
}

/** Takes a lesson's page apart: its front matter, its goal, its folded hints. */
export function parseLesson(page: string): Omit<Lesson, 'number' | 'slug'> {
  const [, frontMatter, text = ''] = /^---\n(.*?)^---\n(.*)$/ms.exec(plainText(page)) ?? []
  if (frontMatter === undefined) throw new Error('it does not begin with front matter')
  const parsed = v.safeParse(FrontMatter, parse(frontMatter))
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new Error(`its front matter is wrong: ${v.getDotPath(issue) ?? ''} ${issue.message}`)
  }
  const goal = /^After this lesson you can (.*?)\n\n/ms.exec(text)?.[1]
  if (goal === undefined) throw new Error('it does not say what you can do after this lesson')
  return {
    ...parsed.output,
    goal: oneLine(goal),
    hints: [1, 2, 3].flatMap((rung) => folded(text, `Hint ${rung}:[^<]*`)),
    afterwards: folded(text, 'When it passes').join('\n'),
  }
}

function folded(text: string, summary: string): string[] {
  const found = new RegExp(`<details><summary>${summary}</summary>\\n(.*?)^</details>`, 'ms').exec(
    text,
  )
  return found?.[1] === undefined ? [] : [found[1].trim()]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
