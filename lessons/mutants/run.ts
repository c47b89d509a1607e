import { setImmediate, setTimeout } from 'node:timers/promises'
import { serving } from '../exchange.ts'
import { askByDouble } from './double.ts'
import { type Carry, type Make, start, underTest } from './start.ts'
import type { Test } from './types.ts'

/**
 * Runs one test on a server of its own. Returns what made it red, or `undefined` when it was green.
 * Requests go by doubles, or over a real socket: that takes ten times as long, and can be shown.
 */
export async function redness(
  test: Test,
  make: Make,
  { overHttp = false } = {},
): Promise<Error | undefined> {
  const { handler, controls } = await start(make)
  const run = async (carry: Carry) => {
    const { server, unanswered } = underTest(carry, controls)
    await test(server)
    if (unanswered.size === 0) return
    await Promise.allSettled(unanswered)
    throw new Error('it ended before its last answer came. Is an await missing?')
  }
  const byDoubles: Carry = (ask) => askByDouble(handler, ask)
  try {
    if (overHttp)
      await serving(
        (req, res) => void handler(req, res),
        (carry) => inTime(run(carry)),
      )
    else await inTime(run(byDoubles))
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function inTime(run: Promise<void>): Promise<void> {
  const over = new AbortController()
  try {
    await Promise.race([run, late(over.signal)])
  } finally {
    over.abort()
  }
}

/** Rejects after half a second in which this process could run; while it is blocked, no step ends. */
async function late(signal: AbortSignal): Promise<never> {
  for (let step = 0; step < 50; step += 1) await setTimeout(10, undefined, { signal })
  throw new Error(
    'it did not end within half a second. ' +
      'Does it wait in a loop? To let time pass, move the clock: wait()',
  )
}

/** While it runs, a promise that a test has forgotten may fail without ending the process. */
export async function undisturbed<Result>(run: () => Promise<Result>): Promise<Result> {
  const ignore = () => {}
  process.on('unhandledRejection', ignore)
  try {
    return await run()
  } finally {
    await setImmediate()
    process.off('unhandledRejection', ignore)
  }
}
