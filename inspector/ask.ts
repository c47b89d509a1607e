import { askAll } from '../example/token/ask-all.ts'
import type { Check, CheckId, Policy, Verification } from '../example/token/types.ts'
import { begin, refusalOf } from '../example/token/verify.ts'
import { chooseKey, nameable } from './choose-key.ts'
import type { Given } from './given.ts'
import { sayOtherReading } from './other-reading.ts'

/** What one check said. */
export interface Answer {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'not asked' | 'not reached'
  /** What the check looked at; absent when it was not reached. */
  readonly saw?: string
  /** Why it failed, was not asked or was not reached. */
  readonly reason?: string
  /** The rule that decided, where it is our own and not an RFC's. */
  readonly ours?: string | undefined
}

export interface Question {
  readonly given: Given
  readonly policy: Policy
  readonly now: number
  /** Which checks are left out because the person named nothing to compare with, and how to name it. */
  readonly unasked: Partial<Record<CheckId, string>>
}

/** Runs every check of the list that can run, with a key that the person gave, and leaves out what nothing was named for. */
export async function ask(token: string, question: Question): Promise<Answer[]> {
  const { given, policy, now } = question
  const verification = begin(token, { keys: nameable(given), policy, now })
  // A server reads nothing of a token that is too long: a person may.
  const needed = ({ needs }: Check) => needs.filter((id) => id !== 'length')
  return await askAll((check) => answerTo(check, verification, question), needed)
}

async function answerTo(
  check: Check,
  verification: Verification,
  question: Question,
): Promise<Answer> {
  const leftOut = question.unasked[check.id] ?? letChoose(check, verification, question)
  if (leftOut !== undefined)
    return { check, result: 'not asked', saw: check.input(verification), reason: leftOut }
  const reason = await refuse(check, verification, question)
  const saw = check.input(verification)
  const ours = check.ours?.(verification, reason !== undefined)
  if (reason === undefined) return { check, result: 'passed', saw, ours }
  return { check, result: 'failed', saw, reason, ours }
}

/** Takes the key where the token's kid does not choose it, and says who did. */
function letChoose({ id }: Check, verification: Verification, { given }: Question) {
  if (id !== 'key' || given.unfit !== undefined) return undefined
  const chosen = chooseKey(verification.header, given)
  verification.key = chosen?.key
  return chosen?.because
}

async function refuse(check: Check, verification: Verification, { given }: Question) {
  if (check.id === 'key' && given.unfit !== undefined) return given.unfit
  const refusal = await refusalOf(check, verification)
  const reason = refusal?.reason
  if (reason === undefined || check.id !== 'signature') return reason
  const other = await sayOtherReading(verification)
  return other === undefined ? reason : `${reason}. ${other}`
}
