import { beginAttempt, resetAttempt } from './attempt.ts'
import type { Lesson } from './course.ts'
import { type Progress, readProgress, writeProgress } from './progress.ts'

export type Mark = 'passed' | 'skipped' | 'open'

/** One learner's way through the course. Every step is written down before it is shown. */
export class Journey {
  readonly root: string
  readonly course: readonly Lesson[]
  /** What was wrong with the file of the progress, if anything. */
  readonly notice: string | undefined
  #progress: Progress

  constructor(root: string, course: readonly Lesson[]) {
    const { progress, notice } = readProgress(root)
    this.root = root
    this.course = course
    this.#progress = progress
    this.notice = notice
  }

  /** The lesson that was looked at last, or else the first that is still open. */
  get current(): Lesson {
    const { current } = this.#progress
    const found =
      this.course.find(({ slug }) => slug === current) ??
      this.course.find((lesson) => this.markOf(lesson) === 'open') ??
      this.course.at(0)
    if (found === undefined) throw new Error('Cannot begin: there is no lesson in lessons/')
    return found
  }

  /** The lesson of this number, or name: `2`, `02` and `02-three-parts` are the same. */
  find(name: string): Lesson {
    const found = this.course.find(
      ({ number, slug }) => slug === name || (/^\d+$/.test(name) && number === Number(name)),
    )
    if (found !== undefined) return found
    const last = this.course.at(-1)?.number ?? 0
    throw new Error(
      `There is no lesson ${name}: they go from 1 to ${last}. See all: npm run learn list`,
    )
  }

  /** Makes a lesson the current one and its copy ready; tells whether the copy had to be made. */
  goTo(lesson: Lesson): boolean {
    const made = beginAttempt(this.root, lesson)
    if (this.#progress.current !== lesson.slug) this.#write({ current: lesson.slug })
    return made
  }

  /** The lesson behind this one. One that was left without passing is written down as skipped. */
  next(lesson: Lesson): Lesson | undefined {
    if (this.markOf(lesson) === 'open') this.#mark(lesson, 'skipped')
    return this.course[this.course.indexOf(lesson) + 1]
  }

  pass(lesson: Lesson): void {
    if (this.markOf(lesson) !== 'passed') this.#mark(lesson, 'passed')
  }

  /** A fresh copy to begin again; gives the name under which the earlier one is kept. */
  reset(lesson: Lesson): string | undefined {
    const kept = resetAttempt(this.root, lesson)
    this.#write({ hints: { ...this.#progress.hints, [lesson.slug]: 0 } })
    return kept
  }

  /** Opens one more hint, while there are any; gives how many are open. */
  openHint(lesson: Lesson): number {
    const open = Math.min(this.openHints(lesson) + 1, lesson.hints.length)
    this.#write({ hints: { ...this.#progress.hints, [lesson.slug]: open } })
    return open
  }

  openHints({ slug }: Lesson): number {
    return this.#progress.hints[slug] ?? 0
  }

  markOf({ slug }: Lesson): Mark {
    return this.#progress.lessons[slug] ?? 'open'
  }

  #mark({ slug }: Lesson, mark: 'passed' | 'skipped'): void {
    this.#write({ lessons: { ...this.#progress.lessons, [slug]: mark } })
  }

  #write(change: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...change }
    writeProgress(this.root, this.#progress)
  }
}
