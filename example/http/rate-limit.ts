import { RateLimiterMemory } from 'rate-limiter-flexible'
import { HttpError } from './errors.ts'

/** Counts per key, usually an address (`client-address.ts` says whose). */
export interface RateLimit {
  /** Takes one point of this key; throws 429 with Retry-After when none is left. */
  take(key: string): Promise<void>
  /** Gives the point back. */
  giveBack(key: string): Promise<void>
}

/** Allows each key so many points in so many seconds. The counts live in this process. */
export function createRateLimit(options: {
  points: number
  seconds: number
  /** What is refused, and why; how long that lasts is added. */
  refusal: string
}): RateLimit {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.seconds })
  return {
    async take(key) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key)
      if (consumedPoints <= options.points) return
      // A clock that was set back is no reason to wait longer than a window: the points come back by a timer.
      const seconds = Math.min(Math.ceil(msBeforeNext / 1000), options.seconds)
      const wait = `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
      const headers = { 'retry-after': String(seconds) }
      throw new HttpError(429, `${options.refusal}. ${wait}`, headers)
    },
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}
