import { join } from 'node:path'
import { attemptFile, readAttempt } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import type { Judge, Verdict } from './verdict.ts'
import { watchFile } from './watch.ts'

interface Listeners {
  /** A new state of the exercise is being judged; `isDeaf` where no file events arrive. */
  onBegin(isDeaf: boolean): void
  /** It has been going on for so many seconds. */
  onWait(seconds: number): void
  onVerdict(verdict: Verdict): void
  /** There is no exercise any more. */
  onGone(): void
  /** The exercise as shipped has changed, which nothing looks at. */
  onShipped(): void
  onError(error: unknown): void
}

interface Options extends Listeners {
  readonly manual: boolean
  readonly judge: Judge
}

/** Judges one exercise now and at every save. The last state counts, and after `stop` nothing is heard. */
export class Judging {
  readonly #root: string
  readonly #lesson: Lesson
  readonly #options: Options
  readonly #watchers: readonly (() => Promise<void>)[]
  /** What has been judged, or is being judged. */
  #text: string | undefined
  #running: AbortController | undefined

  constructor(root: string, lesson: Lesson, options: Options) {
    this.#root = root
    this.#lesson = lesson
    this.#options = options
    const onChange = (isDeaf: boolean) => void this.check({ isDeaf })
    const shipped = join(root, 'lessons', lesson.slug, 'exercise.ts')
    this.#watchers = options.manual
      ? []
      : [
          watchFile(join(root, attemptFile(lesson)), onChange),
          watchFile(shipped, () => options.onShipped()),
        ]
  }

  /** Judges the exercise as it stands, unless that has been done; `again` in any case. */
  async check({ again = false, isDeaf = false } = {}): Promise<void> {
    const running = new AbortController()
    let clock: NodeJS.Timeout | undefined
    try {
      const text = readAttempt(this.#root, this.#lesson)
      if (text === this.#text && text !== undefined && !again) return
      this.#running?.abort()
      this.#running = running
      this.#text = text
      if (text === undefined) return this.#options.onGone()
      this.#options.onBegin(isDeaf)
      let seconds = 0
      clock = setInterval(() => {
        seconds += 1
        if (!running.signal.aborted) this.#options.onWait(seconds)
      }, 1000)
      const verdict = await this.#options.judge(this.#root, this.#lesson, running.signal)
      if (!running.signal.aborted) this.#options.onVerdict(verdict)
    } catch (error) {
      if (running.signal.aborted) return
      this.#running?.abort()
      this.#text = undefined // what could not be judged is judged when it can be
      this.#options.onError(error)
    } finally {
      clearInterval(clock)
    }
  }

  async stop(): Promise<void> {
    this.#running?.abort()
    await Promise.all(this.#watchers.map((stop) => stop()))
  }
}
