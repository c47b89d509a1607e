import { isAtFirstStep } from '../tutor/journey/attempt.ts'
import type { Lesson } from '../tutor/journey/course.ts'
import { sayError } from '../tutor/journey/disk.ts'
import type { Journey } from '../tutor/journey/journey.ts'
import { Judging } from '../tutor/judge/judging.ts'
import type { Judge, Verdict } from '../tutor/judge/verdict.ts'
import { writeDown } from '../tutor/judge/write-down.ts'
import {
  noEvents,
  sayFirstStep,
  sayGone,
  sayReady,
  sayReset,
  sayShipped,
} from '../tutor/pages/notices.ts'
import { type Demonstration, demonstrate } from './demonstrate.ts'

/** What is known of one learner's lesson at one moment. The page shows this, and nothing else. */
export interface State {
  readonly verdict?: Verdict | undefined
  readonly checking: boolean
  /** For how many seconds the checks have been running. */
  readonly waited: number
  /** What was done last, in a sentence. */
  readonly notice: string
  readonly demonstration?: Demonstration | undefined
}

/** Judges one lesson at every save, and tells all who look on. */
export class Following {
  readonly #journey: Journey
  readonly #lesson: Lesson
  readonly #judge: Judge
  readonly #onlookers = new Set<() => void>()
  readonly #leaving = new AbortController()
  #judging: Judging | undefined
  /** Whether the next check comes by itself, and not by a save. */
  #unasked = true
  #state: State = { checking: false, waited: 0, notice: '' }

  constructor(journey: Journey, lesson: Lesson, judgeLesson: Judge) {
    this.#journey = journey
    this.#lesson = lesson
    this.#judge = judgeLesson
  }

  get hasBegun(): boolean {
    return this.#judging !== undefined
  }

  get state(): State {
    return this.#state
  }

  /** Calls back at every change, until the function that it gives is called. */
  watch(onlooker: () => void): () => void {
    this.#onlookers.add(onlooker)
    return () => this.#onlookers.delete(onlooker)
  }

  /** The lesson has come onto a page: there is a copy, and it is judged. Resolves when that is done. */
  begin(): Promise<void> {
    if (this.#journey.goTo(this.#lesson)) this.#change({ notice: sayReady(this.#lesson) })
    this.#judging ??= this.#follow() // only now: in a folder that is not there no save is seen
    return this.#judging.check()
  }

  #follow(): Judging {
    const { root } = this.#journey
    return new Judging(root, this.#lesson, {
      manual: false,
      judge: this.#judge,
      onBegin: (isDeaf) => {
        // What was said stays until the next save, also where a check follows upon it by itself.
        if (!this.#unasked) this.#change({ notice: isDeaf ? noEvents : '' })
        this.#unasked = false
        this.#change({ checking: true, waited: 0 })
      },
      onWait: (waited) => this.#change({ waited }),
      onVerdict: (verdict) => this.#judged(verdict),
      onGone: () =>
        this.#change({ verdict: undefined, checking: false, notice: sayGone(this.#lesson) }),
      onShipped: () => this.#change({ notice: sayShipped(root, this.#lesson) }),
      onError: (error) => this.#change({ checking: false, notice: sayError(error, root) }),
    })
  }

  /** Judges once more, and resolves when that is done. */
  async check(): Promise<void> {
    this.#change({ notice: '' })
    if (this.#judging === undefined) await this.begin()
    else await this.#judging.check({ again: true })
  }

  hint(): void {
    const { root } = this.#journey
    if (isAtFirstStep(root, this.#lesson))
      return this.#change({ notice: sayFirstStep(this.#lesson) })
    this.#journey.openHint(this.#lesson)
    this.#change({ notice: '' })
  }

  async reset(): Promise<void> {
    const kept = this.#journey.reset(this.#lesson)
    this.#unasked = true
    this.#change({ verdict: undefined, notice: sayReset(kept) })
    await this.#judging?.check()
  }

  /** Runs the demonstration, unless it runs already. */
  async demonstrate(): Promise<void> {
    if (this.#state.demonstration?.running) return
    this.#change({ demonstration: { running: true, printed: '' } })
    const { root } = this.#journey
    const { signal } = this.#leaving
    const demonstration = await demonstrate(root, this.#lesson, { signal }).catch((error) => ({
      running: false,
      printed: sayError(error, root), // such as a machine without room for one more process
    }))
    this.#change({ demonstration })
  }

  async stop(): Promise<void> {
    this.#onlookers.clear()
    this.#leaving.abort()
    await this.#judging?.stop()
  }

  #judged(verdict: Verdict): void {
    this.#change({ verdict, checking: false, waited: 0 })
    writeDown(verdict, this.#journey, this.#lesson)
  }

  #change(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes }
    for (const onlooker of this.#onlookers) onlooker()
  }
}
