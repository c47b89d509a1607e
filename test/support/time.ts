import { type MockTimers, mock } from 'node:test'
import type { Test } from 'tap'

/** For what counts in real seconds: time stands still until the test lets it go on with `tick()`. */
export function stoppedTime(t: Test): MockTimers {
  mock.timers.enable({ apis: ['Date', 'setTimeout'] })
  t.teardown(() => mock.timers.reset())
  return mock.timers
}

/** Everything that can go on without us has gone on. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
