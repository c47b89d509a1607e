import { HttpError } from '../http/errors.ts'
import type { Attempts, TakeBack } from './attempts.ts'

/**
 * Takes one attempt of somebody in this minute.
 * @throws HttpError 429 when none is left
 */
export type TakeAttempt = (whose: string) => Promise<TakeBack>

export function createTakeAttempt(deps: {
  attempts: Pick<Attempts, 'take'>
  /** What is refused, and why; how long that lasts is added. */
  refusal: string
  now: () => number
}): TakeAttempt {
  const { attempts, refusal, now } = deps
  return async (whose) => {
    const time = now()
    const takeBack = await attempts.take(whose, time)
    if (takeBack !== undefined) return takeBack
    const seconds = 60 - (time % 60)
    const wait = `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
    throw new HttpError(429, `${refusal}. ${wait}`, { 'retry-after': String(seconds) })
  }
}
