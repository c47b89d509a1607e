import { type MockTimers, mock } from 'node:test'
import type { Test } from 'tap'

/** For what counts in real seconds: time stands still until the test lets it go on with `tick()`. */
export function stoppedTime(t: Test): MockTimers {
  mock.timers.enable({ apis: ['Date', 'setTimeout'] })
  t.teardown(() => mock.timers.reset())
  return mock.timers
}

/** An interval that comes when the test says so, in the place of node's own. */
export function fakeInterval(t: Test) {
  const fake = { milliseconds: 0, running: false, holdsTheProcess: true, tick: () => {} }
  const timer = { unref: () => (fake.holdsTheProcess = false) }
  t.intercept(globalThis, 'setInterval', {
    value: (callback: () => void, milliseconds: number) => {
      Object.assign(fake, { tick: callback, milliseconds, running: true })
      return timer
    },
  })
  t.intercept(globalThis, 'clearInterval', {
    value: (stopped: unknown) => (fake.running = stopped !== timer),
  })
  return fake
}

/** Everything that can go on without us has gone on. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
