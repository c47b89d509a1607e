import { checks } from './checks.ts'
import type { Check, VerifyOptions } from './types.ts'
import { begin, refusalOf } from './verify.ts'

/** One check of an explained verification. */
export interface Step {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'not reached'
  /** What the check looked at; absent when it was not reached. */
  readonly input?: string
  readonly reason?: string
}

/** Runs the very list that `verify` runs and tells what each check saw. For people, never for a decision. */
export async function explain(token: string, options: VerifyOptions): Promise<Step[]> {
  const verification = begin(token, options)
  const steps: Step[] = []
  for (const check of checks) {
    if (steps.at(-1)?.result === 'failed' || steps.at(-1)?.result === 'not reached') {
      steps.push({ check, result: 'not reached' })
      continue
    }
    const refusal = await refusalOf(check, verification)
    const input = check.input(verification)
    steps.push(
      refusal === undefined
        ? { check, result: 'passed', input }
        : { check, result: 'failed', input, reason: refusal.message },
    )
  }
  return steps
}
