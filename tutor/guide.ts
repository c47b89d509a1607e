import { type Classroom, type OpenClassroom, sayClassroom } from './classroom.ts'
import { isAtFirstStep } from './journey/attempt.ts'
import { type Lesson, pageFile } from './journey/course.ts'
import { sayError } from './journey/disk.ts'
import type { Journey } from './journey/journey.ts'
import { Judging } from './judge/judging.ts'
import type { Judge, Verdict } from './judge/verdict.ts'
import { writeDown } from './judge/write-down.ts'
import {
  keepOpen,
  noEvents,
  sayFirstStep,
  sayGone,
  sayNoMoreHints,
  sayNotOpened,
  sayOpens,
  sayReady,
  sayReset,
  sayShipped,
} from './pages/notices.ts'
import { type News, type Scene, viewOf } from './pages/scene.ts'
import type { Console } from './terminal/console.ts'
import { onEnding } from './terminal/endings.ts'
import { lookOf } from './terminal/look.ts'
import { openFile } from './terminal/open-file.ts'
import { join } from './terminal/page.ts'
import { openScreen } from './terminal/screen.ts'
import { openLines, type Terminal } from './terminal/terminal.ts'

interface Options {
  readonly journey: Journey
  readonly lesson: Lesson
  readonly plain: boolean
  readonly manual: boolean
  readonly console: Console
  readonly judge: Judge
  readonly openClassroom: OpenClassroom
}

/** What each key and each save do to the scene, until somebody leaves. */
export class Guide {
  readonly #options: Options
  readonly #scene: Scene
  #judging: Judging | undefined
  #terminal: Terminal | undefined
  #classroom: Promise<Classroom> | undefined
  /** What has been said about the file of the progress. */
  #told: string | undefined
  #leave: () => void = () => {}

  constructor(options: Options) {
    const { journey, lesson, manual } = options
    const notice = join([journey.notice ?? '', keepOpen])
    this.#options = options
    this.#scene = { journey, lesson, manual, ...opening, notice }
    this.#told = journey.notice
  }

  async run(): Promise<void> {
    const { console, plain } = this.#options
    const left = new Promise<void>((resolve) => {
      this.#leave = resolve
    })
    this.#begin(this.#scene.lesson) // before the terminal is ours: what fails here is said and ends it
    const listeners = { onKey: (key: string) => this.#press(key), onResize: () => this.#show() }
    this.#terminal = (plain ? openLines : openScreen)(listeners, console)
    const forget = onEnding(this.#leave)
    this.#show('notice', 'head', 'keys')
    this.#look()
    await left
    forget()
    this.#terminal.close()
    this.#terminal = undefined // whatever is heard from now on, it belongs to the shell
    await this.#judging?.stop()
    await (await this.#classroom?.catch(() => undefined))?.stop()
    this.#scene.journey.stayAt(this.#scene.lesson)
    console.stdout.write('Your progress is kept. Go on with: npm run learn\n')
  }

  /** Another lesson comes onto the screen, or the same one anew. */
  #begin(lesson: Lesson, notice = this.#scene.notice): void {
    const { journey, manual } = this.#scene
    const ready = journey.goTo(lesson) ? sayReady(lesson) : ''
    this.#change({ ...opening, lesson, notice: `${ready}\n${notice}`.trim() })
    void this.#judging?.stop()
    let unasked = !manual // the first check comes by itself
    this.#judging = new Judging(journey.root, lesson, {
      manual,
      judge: this.#options.judge,
      onBegin: (isDeaf) => {
        if (!unasked)
          this.#change({
            saved: true,
            notice: isDeaf ? `${noEvents} Enter checks at once.` : '',
            asked: false,
          })
        unasked = false
        this.#change({ page: 'lesson', checking: true, waited: 0 })
        this.#show()
      },
      onWait: (waited) => {
        this.#scene.waited = waited
        this.#show()
      },
      onVerdict: (verdict) => this.#judged(verdict),
      onGone: () => {
        unasked = false
        this.#change(opening)
        this.#say(sayGone(lesson))
      },
      onShipped: () => this.#say(sayShipped(journey.root, lesson)),
      onError: (error) => {
        this.#change(opening) // what was said is of a text that stands there no more
        this.#failed(error)
      },
    })
  }

  /** Judges the exercise, unless somebody wants to say when. */
  #look(): void {
    if (!this.#scene.manual) void this.#judging?.check()
  }

  #judged(verdict: Verdict): void {
    const { journey, lesson } = this.#scene
    this.#change({ verdict, checking: false })
    writeDown(verdict, journey, lesson)
    journey.stayAt(lesson)
    this.#show('result')
  }

  #press(key: string): void {
    const { asked, journey } = this.#scene
    this.#change({ notice: '', asked: false })
    try {
      journey.look()
      if (asked && key === 'r') this.#reset()
      else this.#act(key)
    } catch (error) {
      this.#failed(error)
    }
  }

  #act(key: string): void {
    switch (key) {
      case 'q':
        return this.#leave()
      case 'h':
        return this.#hint()
      case 'n':
        return this.#next()
      case 'b':
        return this.#back()
      case 'o':
        return this.#openPage()
      case 'w':
        return void this.#openClassroom()
      case 'l':
        return this.#turnTo('list')
      case 'd':
        return this.#diff()
      case 'r':
        this.#scene.asked = true
        return this.#show('notice')
      case 'enter':
        return this.#enter()
      case 'escape':
        return this.#turnBack()
      default:
        return this.#show('keys')
    }
  }

  #hint(): void {
    const { journey, lesson } = this.#scene
    if (isAtFirstStep(journey.root, lesson)) return this.#say(sayFirstStep(lesson))
    this.#scene.page = 'hints'
    if (journey.openHint(lesson)) this.#show('hint')
    else this.#say(sayNoMoreHints(lesson))
  }

  #next(): void {
    const { journey, lesson } = this.#scene
    const next = journey.leave(lesson)
    if (next !== undefined) return this.#open(next)
    this.#scene.page = 'end'
    this.#show('page')
  }

  #back(): void {
    const before = this.#scene.journey.before(this.#scene.lesson)
    if (before === undefined) return this.#say('This is the first lesson.')
    this.#open(before)
  }

  #open(lesson: Lesson): void {
    this.#begin(lesson)
    this.#show('notice', 'head')
    this.#look()
  }

  #openPage(): void {
    const { journey, lesson } = this.#scene
    const { env } = this.#options.console
    this.#say(sayOpens(lesson))
    const notOpened = () => this.#say(sayNotOpened(lesson))
    openFile({ root: journey.root, file: pageFile(lesson) }, notOpened, { env })
  }

  async #openClassroom(): Promise<void> {
    const { judge, openClassroom, console } = this.#options
    const { journey } = this.#scene
    try {
      this.#classroom ??= openClassroom({ journey, judge, env: console.env })
      const classroom = await this.#classroom
      const url = classroom.urlOf(this.#scene.lesson)
      this.#say(sayClassroom(classroom, 'lesson', url))
      openFile({ root: journey.root, file: url }, () => {}, { env: console.env })
    } catch (error) {
      this.#classroom = undefined
      this.#failed(error)
    }
  }

  #diff(): void {
    if (this.#scene.verdict?.kind !== 'passed')
      return this.#say('d compares your answer with the solution, once all checks pass.')
    this.#turnTo('diff')
  }

  #reset(): void {
    const { journey, lesson } = this.#scene
    this.#begin(lesson, sayReset(journey.reset(lesson)))
    this.#show('notice')
    this.#look()
  }

  #enter(): void {
    if (this.#scene.page === 'lesson' || this.#scene.page === 'hints')
      return void this.#judging?.check({ again: true })
    this.#turnBack()
  }

  #turnBack(): void {
    this.#scene.page = 'lesson'
    this.#show('head')
  }

  /** A page that the same key closes again. */
  #turnTo(page: 'list' | 'diff'): void {
    if (this.#scene.page === page) return this.#turnBack()
    this.#scene.page = page
    this.#show('page')
  }

  #failed(error: unknown): void {
    this.#change({ page: 'lesson', checking: false })
    this.#say(sayError(error, this.#scene.journey.root))
  }

  #say(notice: string): void {
    this.#change({ notice, asked: false })
    this.#show('notice')
  }

  #change(changes: Partial<Scene>): void {
    Object.assign(this.#scene, changes)
  }

  #show(...news: readonly News[]): void {
    const { console, plain, journey } = this.#options
    const look = lookOf(console.stdout, { plain })
    const isDamaged = journey.notice !== this.#told
    this.#told = journey.notice
    if (isDamaged) this.#scene.notice = join([journey.notice ?? '', this.#scene.notice])
    try {
      const all = new Set(isDamaged ? (['notice', ...news] as const) : news)
      this.#terminal?.show(viewOf(this.#scene, look, [...all]))
    } catch (error) {
      // A file that the page quotes may have gone: without it, the bare lesson can be shown.
      this.#change({ ...opening, notice: sayError(error, journey.root) })
      this.#terminal?.show(viewOf(this.#scene, look, ['notice']))
    }
  }
}

/** A lesson that has come onto the screen, and of which nothing is known yet. */
const opening = {
  page: 'lesson',
  verdict: undefined,
  saved: false,
  checking: false,
  waited: 0,
  asked: false,
} as const
