import { setTimeout as wait } from 'node:timers/promises'
import { disagreement } from '../disagree.ts'
import type { SessionStore } from './types.ts'

/** What this call gives is compared; what it throws is told as its answer. */
export async function gives<Result>(
  what: string,
  call: () => Promise<Result>,
  expected: Result,
): Promise<void> {
  const actual = await answerOf(gives, what, call)
  if (actual !== expected) throw disagreement(gives, what, { actual, expected })
}

/** The call must not answer: where it cannot say, yes and no would both be guesses. Nobody waits for long. */
export async function rejects(what: string, call: () => Promise<unknown>): Promise<void> {
  let actual: unknown
  const over = new AbortController()
  // whoever gives up after just a second is in time
  const late = wait(1500, 'nothing within a second', over)
  try {
    actual = await Promise.race([call(), late])
  } catch {
    return
  } finally {
    over.abort()
    late.catch(() => {})
  }
  throw disagreement(rejects, what, { actual, expected: 'an error that is thrown' })
}

/** Starts a session of Ada's, which lasts for a minute unless told otherwise, and gives its id. */
export async function begin(
  sessions: SessionStore,
  now: number,
  lifetimeSeconds = 60,
): Promise<string> {
  const what = `start('ada', ${lifetimeSeconds}, now)`
  const id: unknown = await answerOf(begin, what, () => sessions.start('ada', lifetimeSeconds, now))
  if (typeof id === 'string' && id !== '') return id
  throw disagreement(begin, what, { actual: id, expected: 'an id: a text that is not empty' })
}

async function answerOf<Result>(
  helper: (...args: never[]) => unknown,
  what: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (thrown) {
    const { cause } = Object(thrown)
    const because = cause === undefined ? '' : `, because of ${cause}`
    throw disagreement(helper, `${what}: it threw ${thrown}${because}`, { thrown })
  }
}
