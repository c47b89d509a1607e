import { type Lesson, pageFile } from './journey/course.ts'
import { sayError } from './journey/disk.ts'
import type { Journey } from './journey/journey.ts'
import { Judging } from './judge/judging.ts'
import type { Verdict } from './judge/verdict.ts'
import {
  askReset,
  keepOpen,
  noEvents,
  sayGone,
  sayNoMoreHints,
  sayNotOpened,
  sayOpens,
  sayReady,
  sayReset,
  sayShipped,
} from './pages/notices.ts'
import { ending, hints, lessonList } from './pages/pages.ts'
import { diffOf, headOf, keysOf, pageOf, resultOf, type Scene } from './pages/scene.ts'
import { type Look, lookOf, wrap } from './terminal/look.ts'
import { openFile } from './terminal/open-file.ts'
import { join } from './terminal/page.ts'
import { openScreen } from './terminal/screen.ts'
import { openLines, type Terminal } from './terminal/terminal.ts'

/** What each key and each save do to the scene, until somebody leaves. */
export class Guide {
  readonly #scene: Scene
  readonly #plain: boolean
  #look: Look
  #judging: Judging | undefined
  #terminal: Terminal | undefined
  /** What has been said about the file of the progress. */
  #told: string | undefined
  #leave: () => void = () => {}

  constructor(options: {
    readonly journey: Journey
    readonly lesson: Lesson
    readonly plain: boolean
    readonly manual: boolean
  }) {
    const { journey, lesson, plain, manual } = options
    const notice = join([journey.notice ?? '', keepOpen])
    this.#scene = { journey, lesson, manual, notice, ...opening }
    this.#told = journey.notice
    this.#plain = plain
    this.#look = lookOf(process.stdout, { plain })
  }

  async run(): Promise<void> {
    const left = new Promise<void>((resolve) => {
      this.#leave = resolve
    })
    this.#begin(this.#scene.lesson) // before the terminal is ours: what fails here is said and ends it
    const listeners = { onKey: (key: string) => this.#press(key), onResize: () => this.#resize() }
    this.#terminal = this.#plain ? openLines(listeners) : openScreen(listeners)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, this.#leave)
    const notice = wrap(this.#look, this.#scene.notice)
    this.#show(join([notice, headOf(this.#scene, this.#look), keysOf(this.#scene, this.#look)]))
    void this.#judging?.check()
    await left
    this.#terminal.close()
    this.#terminal = undefined // whatever is heard from now on, it belongs to the shell
    await this.#judging?.stop()
    this.#scene.journey.stayAt(this.#scene.lesson)
    process.stdout.write('Your progress is kept. Go on with: npm run learn\n')
  }

  /** Another lesson comes onto the screen, or the same one anew. */
  #begin(lesson: Lesson, notice = this.#scene.notice): void {
    const { journey, manual } = this.#scene
    const ready = journey.goTo(lesson) ? sayReady(lesson) : ''
    this.#change({ ...opening, lesson, notice: `${ready}\n${notice}`.trim() })
    void this.#judging?.stop()
    let first = true
    this.#judging = new Judging(journey.root, lesson, {
      manual,
      onBegin: (byClock) => {
        if (!first) this.#change({ saved: true, notice: byClock ? noEvents : '' })
        first = false
        this.#change({ page: 'lesson', checking: true, waited: 0 })
        this.#show('')
      },
      onWait: (waited) => {
        this.#scene.waited = waited
        this.#show('')
      },
      onVerdict: (verdict) => this.#judged(verdict),
      onGone: () => {
        first = false
        this.#change(opening)
        this.#say(sayGone(lesson))
      },
      onShipped: () => this.#say(sayShipped(journey.root, lesson)),
      onError: (error) => this.#failed(error),
    })
  }

  #judged(verdict: Verdict): void {
    const { journey, lesson } = this.#scene
    this.#change({ verdict, checking: false })
    if (verdict.kind === 'passed') journey.pass(lesson)
    journey.stayAt(lesson)
    this.#show(join(resultOf(this.#scene, this.#look)))
  }

  #press(key: string): void {
    const isAsked = this.#scene.notice.endsWith(askReset(this.#scene.lesson))
    this.#scene.notice = ''
    try {
      this.#scene.journey.look()
      this.#act(key, isAsked)
    } catch (error) {
      this.#failed(error)
    }
  }

  #act(key: string, isAsked: boolean): void {
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
      case 'l':
        return this.#turnTo('list', ({ journey, lesson }, look) =>
          lessonList(journey, look, lesson),
        )
      case 'd':
        return this.#diff()
      case 'r':
        return isAsked ? this.#reset() : this.#say(askReset(this.#scene.lesson))
      case 'enter':
        return this.#enter()
      case 'escape':
        return this.#turnBack()
      default:
        return this.#show(keysOf(this.#scene, this.#look))
    }
  }

  #hint(): void {
    const { journey, lesson } = this.#scene
    const opened = journey.openHint(lesson)
    this.#scene.page = 'hints'
    if (opened) return this.#show(hints(lesson, journey.openHints(lesson), this.#look).at(-1) ?? '')
    this.#say(sayNoMoreHints(lesson))
  }

  #next(): void {
    const { journey, lesson } = this.#scene
    const next = journey.leave(lesson)
    if (next !== undefined) return this.#open(next)
    this.#scene.page = 'end'
    this.#show(ending(journey, this.#look))
  }

  #back(): void {
    const before = this.#scene.journey.before(this.#scene.lesson)
    if (before === undefined) return this.#say('This is the first lesson.')
    this.#open(before)
  }

  #open(lesson: Lesson): void {
    this.#begin(lesson)
    this.#show(join([this.#scene.notice, headOf(this.#scene, this.#look)]))
    void this.#judging?.check()
  }

  #openPage(): void {
    const { journey, lesson } = this.#scene
    this.#say(sayOpens(lesson))
    openFile({ root: journey.root, file: pageFile(lesson) }, () => this.#say(sayNotOpened(lesson)))
  }

  #diff(): void {
    if (this.#scene.verdict?.kind !== 'passed')
      return this.#say('d compares your answer with the solution, once all checks pass.')
    this.#turnTo('diff', diffOf)
  }

  #reset(): void {
    const { journey, lesson } = this.#scene
    this.#begin(lesson, sayReset(journey.reset(lesson)))
    this.#show(this.#scene.notice)
    void this.#judging?.check()
  }

  #enter(): void {
    if (this.#scene.page === 'lesson' || this.#scene.page === 'hints')
      return void this.#judging?.check({ again: true })
    this.#turnBack()
  }

  #turnBack(): void {
    this.#scene.page = 'lesson'
    this.#show(headOf(this.#scene, this.#look))
  }

  /** A page that the same key closes again. */
  #turnTo(page: 'list' | 'diff', news: (scene: Scene, look: Look) => string): void {
    if (this.#scene.page === page) return this.#turnBack()
    this.#scene.page = page
    this.#show(news(this.#scene, this.#look))
  }

  #resize(): void {
    this.#look = lookOf(process.stdout, { plain: this.#plain })
    this.#show('')
  }

  #failed(error: unknown): void {
    this.#change({ page: 'lesson', checking: false })
    this.#say(sayError(error))
  }

  #say(notice: string): void {
    this.#scene.notice = notice
    this.#show(notice)
  }

  #change(changes: Partial<Scene>): void {
    Object.assign(this.#scene, changes)
  }

  #show(news: string): void {
    const damage = this.#newDamage()
    this.#scene.notice = join([damage, this.#scene.notice])
    try {
      this.#terminal?.show(pageOf(this.#scene, this.#look), join([damage, news]))
    } catch (error) {
      // A file that the page quotes may have gone: without it, the bare lesson can be shown.
      this.#change({ ...opening, notice: sayError(error) })
      this.#terminal?.show(pageOf(this.#scene, this.#look), this.#scene.notice)
    }
  }

  /** What was found wrong with the file of the progress since it was last looked at. */
  #newDamage(): string {
    const { notice } = this.#scene.journey
    if (notice === this.#told) return ''
    this.#told = notice
    return notice ?? ''
  }
}

/** A lesson that has come onto the screen, and of which nothing is known yet. */
const opening = {
  page: 'lesson',
  verdict: undefined,
  saved: false,
  checking: false,
  waited: 0,
} as const
