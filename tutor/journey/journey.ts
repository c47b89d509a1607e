import { beginAttempt, hasAttempt, isTouched, resetAttempt } from './attempt.ts'
import type { Lesson } from './course.ts'
import { noProgress, type Progress, readProgress, writeProgress } from './progress.ts'

export type Mark = 'passed' | 'skipped' | 'open'

/** One learner's way through the course. Every step is written down before it is shown. */
export class Journey {
  readonly root: string
  readonly course: readonly Lesson[]
  #progress: Progress
  #notice: string | undefined

  constructor(root: string, course: readonly Lesson[]) {
    const { progress = noProgress, notice } = readProgress(root)
    this.root = root
    this.course = course
    this.#progress = progress
    this.#notice = notice
  }

  /** What was wrong with the file of the progress, if anything; it may be damaged at any time. */
  get notice(): string | undefined {
    return this.#notice
  }

  /** The lesson that was looked at last, or else the first that is still open. */
  get current(): Lesson {
    const { current } = this.#progress
    const found =
      this.course.find(({ slug }) => slug === current) ?? this.unpassed.at(0) ?? this.course.at(0)
    if (found === undefined) throw new Error('Cannot begin: there is no lesson in lessons/')
    return found
  }

  get unpassed(): Lesson[] {
    return this.course.filter((lesson) => this.markOf(lesson) !== 'passed')
  }

  /** The lesson of this number, or name: `2`, `02` and `02-three-parts` are the same. */
  find(name: string): Lesson {
    const found = this.course.find(
      ({ number, slug }) => slug === name || (/^\d+$/.test(name) && number === Number(name)),
    )
    if (found !== undefined) return found
    const last = this.course.at(-1)?.number ?? 0
    throw new Error(
      `Cannot open lesson ${name}: there are 1 to ${last}. See all: npm run learn list`,
    )
  }

  /** Makes a lesson the current one and its copy ready; tells whether the copy had to be made. */
  goTo(lesson: Lesson): boolean {
    const made = beginAttempt(this.root, lesson)
    this.stayAt(lesson)
    return made
  }

  /** Makes a lesson the current one, also where a command in a second terminal has gone to another. */
  stayAt({ slug }: Lesson): void {
    this.#write((progress) =>
      progress.current === slug ? progress : { ...progress, current: slug },
    )
  }

  /**
   * The lesson behind this one. One that was left without passing is written down as skipped, unless
   * somebody who had been further only looked at it.
   */
  leave(lesson: Lesson): Lesson | undefined {
    const isSkipped = this.#isFurthest(lesson) || isTouched(this.root, lesson)
    if (this.markOf(lesson) === 'open' && isSkipped) this.#mark(lesson, 'skipped')
    return this.after(lesson)
  }

  #isFurthest(lesson: Lesson): boolean {
    const further = this.course.slice(this.course.indexOf(lesson) + 1)
    return !further.some((one) => this.markOf(one) !== 'open' || hasAttempt(this.root, one))
  }

  after(lesson: Lesson): Lesson | undefined {
    return this.course[this.course.indexOf(lesson) + 1]
  }

  before(lesson: Lesson): Lesson | undefined {
    return this.course[this.course.indexOf(lesson) - 1]
  }

  pass(lesson: Lesson): void {
    if (this.markOf(lesson) !== 'passed') this.#mark(lesson, 'passed')
  }

  /** Writes down what keeps a lesson from passing, with the time at which that began: somebody may want to help. */
  fail({ slug }: Lesson, on: string, now = Math.floor(Date.now() / 1000)): void {
    this.#write((progress) => {
      const { stuck = {} } = progress
      if (progress.lessons[slug] === 'passed' || stuck[slug]?.on === on) return progress
      return { ...progress, stuck: { ...stuck, [slug]: { on, since: now } } }
    })
  }

  /** A new copy to begin again; gives the name under which the earlier one is kept. */
  reset(lesson: Lesson): string | undefined {
    const kept = resetAttempt(this.root, lesson)
    this.#openHints(lesson, 0)
    return kept
  }

  /** Opens one more hint; tells whether there was one. */
  openHint(lesson: Lesson): boolean {
    const open = this.openHints(lesson)
    if (open >= lesson.hints.length) return false
    this.#openHints(lesson, open + 1)
    return true
  }

  openHints({ slug }: Lesson): number {
    return this.#progress.hints[slug] ?? 0
  }

  markOf({ slug }: Lesson): Mark {
    return this.#progress.lessons[slug] ?? 'open'
  }

  /** Adds what the learner did on another machine: whatever passed on either has passed. */
  add(other: Progress): void {
    this.#write((progress) => {
      const lessons = { ...progress.lessons, ...other.lessons }
      for (const [slug, mark] of Object.entries(progress.lessons))
        if (mark === 'passed') lessons[slug] = mark
      const hints = { ...progress.hints, ...other.hints }
      return { ...progress, current: other.current ?? progress.current, lessons, hints }
    })
  }

  #mark({ slug }: Lesson, mark: 'passed' | 'skipped'): void {
    this.#write((progress) => {
      // What another guide saw pass in the meantime stays passed.
      const kept = progress.lessons[slug] === 'passed' ? 'passed' : mark
      const { [slug]: _, ...stuck } = progress.stuck ?? {}
      return { ...progress, lessons: { ...progress.lessons, [slug]: kept }, stuck }
    })
  }

  #openHints({ slug }: Lesson, open: number): void {
    this.#write((progress) => ({ ...progress, hints: { ...progress.hints, [slug]: open } }))
  }

  /** Reads the file again: a command in a second terminal may have written there. */
  look(): void {
    this.#write((progress) => progress)
  }

  /** Changes what stands in the file now, since a second guide may have written there too. */
  #write(change: (progress: Progress) => Progress): void {
    const read = readProgress(this.root)
    const { progress = this.#progress, notice = this.#notice } = read
    this.#notice = notice
    const changed = change(progress)
    if (changed !== read.progress) writeProgress(this.root, changed)
    this.#progress = changed // only now: what was not written did not happen
  }
}
