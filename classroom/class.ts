import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Lesson } from '../tutor/journey/course.ts'
import { readOwnFile } from '../tutor/journey/own-file.ts'
import { noProgress, type Progress, parseProgress } from '../tutor/journey/progress.ts'
import { harmless } from '../tutor/terminal/harmless.ts'

/** One learner of a class: the folder's name is all that is known of who it is. */
interface Learner {
  readonly name: string
  /** `undefined` where it cannot be read. */
  readonly progress: Progress | undefined
}

/**
 * The class in a folder, which holds one folder for each learner: a copy of their `my/`, or of all the repository. Nothing
 * is written there. Those who have been at one check for longest come first.
 * @throws Error when it is no folder
 */
export function classOf(folder: string, course: readonly Lesson[], now: number): object {
  const learners = readLearners(folder).map((learner) => seatOf(learner, course, now))
  learners.sort((one, other) => other.seconds - one.seconds || one.name.localeCompare(other.name))
  return { learners, none: learners.length === 0, lessons: course }
}

function readLearners(folder: string): Learner[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`Cannot show the class: ${folder} is no folder`)
  const entries = readdirSync(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  return folders.map(({ name }) => {
    const texts = ['my', '.'].map((own) => readIfThere(join(folder, name, own, 'progress.json')))
    const text = texts.find((text) => text !== undefined)
    return { name, progress: text === undefined ? noProgress : parseProgress(text) }
  })
}

const mostBytes = 64_000 // ten times what a whole course writes

/** What somebody may be writing at this moment, or made unreadable, is looked at again soon. */
function readIfThere(path: string): string | undefined {
  try {
    return readOwnFile(path, mostBytes)
  } catch {
    return ''
  }
}

function seatOf({ name, progress }: Learner, course: readonly Lesson[], now: number) {
  if (progress === undefined)
    return {
      name: harmless(name),
      marks: [],
      seconds: -1,
      at: '',
      on: 'The progress cannot be read',
      time: '',
    }
  const { lessons, stuck = {} } = progress
  const at = whereIs(progress, course)
  const here = at && stuck[at.slug]
  const seconds = here === undefined ? 0 : Math.max(0, now - here.since)
  return {
    name: harmless(name),
    marks: course.map(({ slug, number }) => {
      const mark = lessons[slug] ?? (stuck[slug] === undefined ? 'open' : 'begun')
      return { number, mark, sign: signs[mark] }
    }),
    seconds,
    at: at === undefined ? '' : `${at.number}. ${at.title}`,
    on: harmless(here?.on.slice(0, longestName) ?? sayWithoutCheck(progress)),
    time: here === undefined ? '' : sayTime(seconds),
  }
}

/** The lesson that was looked at last; of somebody who looks up one that has passed, the one where they are stuck. */
function whereIs({ current, lessons, stuck = {} }: Progress, course: readonly Lesson[]) {
  const looked = course.find(({ slug }) => slug === current)
  if (looked === undefined || lessons[looked.slug] !== 'passed') return looked
  const since = ({ slug }: Lesson) => stuck[slug]?.since ?? 0
  return course.reduce((at, lesson) => (since(lesson) > since(at) ? lesson : at), looked)
}

const longestName = 200

function sayWithoutCheck({ current, lessons }: Progress): string {
  if (current === undefined) return 'Not begun'
  return lessons[current] === 'passed' ? 'passed' : ''
}

const signs = { passed: '✓', skipped: '↷', begun: '…', open: '·' } as const

function sayTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}
