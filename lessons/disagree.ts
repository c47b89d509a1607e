import { AssertionError } from 'node:assert/strict'

/** What a helper of a check has to tell, besides its message. */
interface Told {
  readonly actual?: unknown
  /** Present where two values were compared. */
  readonly expected?: unknown
  /** What the exercise threw: its lines are shown, too. */
  readonly thrown?: unknown
}

/** A failure whose place is the check that called this helper, and not the helper itself. */
export function disagreement(
  helper: (...args: never[]) => unknown,
  message: string,
  { thrown, ...compared }: Told = {},
): AssertionError {
  const operator = Object.hasOwn(compared, 'expected') ? 'equal' : 'fail'
  const error = new AssertionError({ message, operator, stackStartFn: helper, ...compared })
  if (thrown instanceof Error) error.stack += `\n${thrown.stack}`
  return error
}
