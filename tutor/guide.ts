import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import { sayDiskError } from './disk.ts'
import type { Journey } from './journey.ts'
import { type Look, lookOf, paint, wrap } from './look.ts'
import { afterwards, differences, lessonHead, lessonList, openHints, progressBar } from './pages.ts'
import { sayVerdict } from './report.ts'
import { openLines, openScreen, type Terminal } from './terminal.ts'
import { judge, type Verdict } from './verdict.ts'
import { watchFile } from './watch.ts'

interface Options {
  readonly journey: Journey
  readonly lesson: Lesson
  readonly plain: boolean
  readonly manual: boolean
}

/** Runs the guide until it is left; gives the exit code. Without anybody to type, it looks once and ends. */
export async function runGuide(options: Options): Promise<number> {
  const alone = !process.stdin.isTTY
  const guide = new Guide({ ...options, plain: options.plain || alone || !process.stdout.isTTY })
  return alone ? await guide.lookOnce() : await guide.run()
}

/** What is on the screen, and what each key does to it. */
class Guide {
  readonly #journey: Journey
  readonly #plain: boolean
  readonly #manual: boolean
  #look: Look
  #lesson: Lesson
  #verdict: Verdict | undefined
  #page: 'lesson' | 'list' | 'diff' = 'lesson'
  #notice = ''
  #judgedText: string | undefined
  #checking: AbortController | undefined
  #terminal: Terminal | undefined
  #stopWatching: () => Promise<void> = async () => {}
  #leave: (code: number) => void = () => {}

  constructor({ journey, lesson, plain, manual }: Options) {
    this.#journey = journey
    this.#lesson = lesson
    this.#plain = plain
    this.#manual = manual
    this.#look = lookOf(process.stdout, { plain })
  }

  async lookOnce(): Promise<number> {
    const { root } = this.#journey
    this.#journey.goTo(this.#lesson)
    process.stdout.write(`${this.#head()}\n\n`)
    this.#verdict = await judge(root, this.#lesson)
    if (this.#verdict.kind === 'passed') this.#journey.pass(this.#lesson)
    process.stdout.write(`${this.#result()}\n`)
    return this.#verdict.kind === 'passed' ? 0 : 1
  }

  async run(): Promise<number> {
    const left = new Promise<number>((resolve) => {
      this.#leave = resolve
    })
    const listeners = { onKey: (key: string) => this.#press(key), onResize: () => this.#resize() }
    this.#begin(this.#lesson) // before the terminal is ours: what fails here is said and ends it
    this.#terminal = this.#plain ? openLines(listeners) : openScreen(listeners)
    const leave = () => this.#leave(0)
    process.on('SIGTERM', leave)
    process.on('SIGHUP', leave)
    this.#show(`${this.#head()}\n\n${this.#keys()}`)
    void this.#check()
    const code = await left
    this.#checking?.abort()
    this.#terminal.close()
    await this.#stopWatching()
    process.stdout.write('Your progress is kept. Go on with: npm run learn\n')
    return code
  }

  /** Another lesson comes onto the screen. */
  #begin(lesson: Lesson): void {
    const { root } = this.#journey
    const made = this.#journey.goTo(lesson)
    void this.#stopWatching()
    this.#lesson = lesson
    this.#page = 'lesson'
    this.#verdict = undefined
    this.#judgedText = undefined
    this.#notice = made ? `Your copy is ready: ${attemptFile(lesson)}` : ''
    if (this.#manual) return
    this.#stopWatching = watchFile(join(root, attemptFile(lesson)), {
      onChange: () => void this.#check(),
      onNoEvents: () => {
        this.#notice =
          'No file events arrive here, so the guide looks at your file every second. Enter checks at once; npm run learn -- --manual checks only then.'
      },
    })
  }

  /** Judges the exercise as it stands now, unless that has been done. */
  async #check({ again = false } = {}): Promise<void> {
    const { root } = this.#journey
    const path = join(root, attemptFile(this.#lesson))
    if (!existsSync(path)) {
      this.#verdict = undefined
      this.#judgedText = undefined
      return this.#say(
        `${attemptFile(this.#lesson)} is gone. Put it back, or press r for a new copy.`,
      )
    }
    const text = readFileSync(path, 'utf8')
    if (text === this.#judgedText && !again) return
    this.#judgedText = text
    this.#checking?.abort()
    const checking = new AbortController()
    this.#checking = checking
    this.#page = 'lesson'
    this.#show('') // "checking" on a screen; nothing new in plain mode
    const verdict = await judge(root, this.#lesson, { signal: checking.signal })
    if (checking.signal.aborted) return
    this.#checking = undefined
    this.#verdict = verdict
    this.#try(() => verdict.kind === 'passed' && this.#journey.pass(this.#lesson))
    this.#show(this.#result())
  }

  #press(key: string): void {
    this.#try(() => {
      this.#notice = ''
      switch (key) {
        case 'q':
          return this.#leave(0)
        case 'h':
          return this.#hint()
        case 'n':
          return this.#next()
        case 'l':
          return this.#turnTo('list', () => lessonList(this.#journey, this.#look))
        case 'd':
          return this.#diff()
        case 'r':
          return this.#reset()
        case 'enter':
          if (this.#page !== 'lesson') return this.#turnTo('lesson', () => this.#head())
          return void this.#check({ again: true })
        default:
          return this.#show(this.#keys())
      }
    })
  }

  #hint(): void {
    this.#page = 'lesson'
    const open = this.#journey.openHint(this.#lesson)
    this.#show(openHints(this.#lesson, open, this.#look))
  }

  #next(): void {
    const next = this.#journey.next(this.#lesson)
    if (next === undefined) return this.#say('This is the last lesson. Press l to see them all.')
    this.#begin(next)
    this.#show(this.#head())
    void this.#check()
  }

  #diff(): void {
    if (this.#verdict?.kind !== 'passed')
      return this.#say('d compares your answer with the solution, once all checks pass.')
    this.#turnTo('diff', () => differences(this.#journey.root, this.#lesson, this.#look))
  }

  #reset(): void {
    const kept = this.#journey.reset(this.#lesson)
    this.#begin(this.#lesson)
    const earlier = kept === undefined ? '' : ` Your attempt is kept as ${kept}.`
    this.#say(`A new copy is ready.${earlier}`)
    void this.#check()
  }

  #turnTo(page: 'lesson' | 'list' | 'diff', news: () => string): void {
    this.#page = this.#page === page ? 'lesson' : page
    this.#show(news())
  }

  #say(notice: string): void {
    this.#notice = notice
    this.#show(notice)
  }

  #resize(): void {
    this.#look = lookOf(process.stdout, { plain: this.#plain })
    this.#show('')
  }

  #try(action: () => unknown): void {
    try {
      action()
    } catch (error) {
      this.#say(sayDiskError(error) ?? (error instanceof Error ? error.message : String(error)))
    }
  }

  #show(news: string): void {
    if (this.#plain && news === '') return
    this.#terminal?.show(this.#screen(), news)
  }

  #screen(): string {
    const parts = [this.#body(), wrap(this.#look, this.#notice), this.#keys()]
    return parts.filter((part) => part !== '').join('\n\n')
  }

  #body(): string {
    if (this.#page === 'list')
      return `${progressBar(this.#journey, this.#look)}\n\n${lessonList(this.#journey, this.#look)}`
    if (this.#page === 'diff') return differences(this.#journey.root, this.#lesson, this.#look)
    const hints = openHints(this.#lesson, this.#journey.openHints(this.#lesson), this.#look)
    const solved = this.#verdict?.kind === 'passed'
    return [this.#head(), this.#result(), solved ? '' : hints]
      .filter((part) => part !== '')
      .join('\n\n')
  }

  #head(): string {
    return `${progressBar(this.#journey, this.#look)}\n\n${lessonHead(this.#lesson, this.#journey, this.#look)}`
  }

  #result(): string {
    if (this.#checking !== undefined) return paint(this.#look, 'dim', 'checking …')
    if (this.#verdict === undefined) return ''
    const { root } = this.#journey
    const said = sayVerdict(this.#verdict, { root, lesson: this.#lesson, look: this.#look })
    if (this.#verdict.kind !== 'passed') return said
    const done = paint(this.#look, 'good', 'All checks pass.')
    return `${said}\n\n${done}\n\n${afterwards(this.#lesson, this.#look)}`
  }

  #keys(): string {
    const check = this.#manual ? 'Enter check · ' : ''
    return paint(
      this.#look,
      'dim',
      wrap(this.#look, `${check}h hint · n next · l list · r reset · d diff · q quit`),
    )
  }
}
