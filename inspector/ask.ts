import { askAll } from '../example/token/ask-all.ts'
import type { Key, KeySet } from '../example/token/key.ts'
import type { Check, CheckId, JsonObject, Policy, Verification } from '../example/token/types.ts'
import { begin, refusalOf } from '../example/token/verify.ts'
import { type Given, tooShort, unnamed } from './given.ts'
import { sayOtherReading } from './other-reading.ts'

/** What one check said. */
export interface Answer {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'not asked' | 'not reached'
  /** What the check looked at; absent when it was not reached. */
  readonly saw?: string
  /** Why it failed, was not asked or was not reached. */
  readonly reason?: string | undefined
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

async function answerTo(check: Check, verification: Verification, question: Question) {
  const leftOut = question.unasked[check.id] ?? letChoose(check, verification, question)
  if (leftOut !== undefined)
    return { check, result: 'not asked', saw: check.input(verification), reason: leftOut } as const
  const reason = await refuse(check, verification, question)
  const saw = check.input(verification)
  const ours = check.ours?.(verification, reason !== undefined)
  return { check, result: reason === undefined ? 'passed' : 'failed', saw, reason, ours } as const
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

/** The keys that a token may name with its kid: those that have a name. */
function nameable({ keys }: Given): KeySet {
  return new Map(keys.filter(({ kid }) => kid !== unnamed).map((key) => [key.kid, key]))
}

/**
 * The key, and who chose it, where the token's kid does not: a person did, or a set leaves no
 * choice (RFC 7515 §4.1.4: kid is a hint, and may be absent). `undefined`: the kid decides.
 */
function chooseKey(
  header: JsonObject,
  { keys, byHand }: Given,
): { key: Key; because: string } | undefined {
  const [key, ...others] = keys.filter(({ alg }) => alg === header.alg)
  if (key === undefined) return undefined
  if (byHand) return { key: called(key, 'you gave'), because: sayHand(key, header) }
  if (Object.hasOwn(header, 'kid') || others.length > 0) return undefined
  const because = `the token names none, and the set has one for ${key.alg}`
  return { key: called(key, 'of the set'), because }
}

function called(key: Key, name: string): Key {
  return key.kid === unnamed ? { ...key, kid: name } : key
}

function sayHand(key: Key, header: JsonObject): string {
  const { kid } = key
  const short = tooShort(key)
  if (short !== undefined) return `you chose the key: ${short}`
  const differs = kid !== unnamed && header.kid !== undefined && header.kid !== kid
  return differs ? `you chose the key, whose own kid is "${kid}"` : 'you chose the key'
}
