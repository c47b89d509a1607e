import { askAll } from './ask-all.ts'
import type { Check, VerifyOptions } from './types.ts'
import { begin, refusalOf } from './verify.ts'

/** One check of an explained verification. */
export interface Step {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'not reached'
  /** What the check looked at; absent when it was not reached. */
  readonly input?: string
  /** Why it failed, or which failure kept it from being reached. */
  readonly reason?: string
  /** The rule that decided, where it is our own and not an RFC's. */
  readonly ours?: string | undefined
}

/**
 * Runs the very list that `verify` runs and tells what each check saw. `verify` stops at the first
 * failure, which is the first one here; this goes on with every check that still means something.
 * For people, never for a decision.
 */
export async function explain(token: string, options: VerifyOptions): Promise<Step[]> {
  const verification = begin(token, options)
  return await askAll(async (check): Promise<Step> => {
    const refusal = await refusalOf(check, verification)
    const input = check.input(verification)
    const ours = check.ours?.(verification, refusal !== undefined)
    return refusal === undefined
      ? { check, result: 'passed', input, ours }
      : { check, result: 'failed', input, reason: refusal.reason, ours }
  })
}
