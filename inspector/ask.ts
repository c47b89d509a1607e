import { sessionPolicy } from '../example/sessions/policy.ts'
import { algorithms } from '../example/token/algorithms.ts'
import { askAll } from '../example/token/ask-all.ts'
import type { Key } from '../example/token/key.ts'
import type { Check, Verification } from '../example/token/types.ts'
import { begin, refusalOf } from '../example/token/verify.ts'
import { algorithmsOf, type Given, unnamed } from './given.ts'
import type { Options } from './options.ts'
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

/**
 * Runs every check of the list that can run: with our server's limits, the algorithms of the key that
 * a person gave, and what the person named.
 */
export async function ask(
  token: string,
  given: Given,
  options: Options,
  now: number,
): Promise<Answer[]> {
  const { type = '', issuer = '', audience = '' } = options
  const limits = sessionPolicy(604_800) // seven days
  const policy = { ...limits, algorithms: algorithmsOf(given), type, issuer, audience }
  const keys = new Map(given.keys.map((key) => [key.kid, key]))
  const verification = begin(token, { keys, policy, now })
  // A server reads nothing of a token that is too long: a person may.
  const needed = ({ needs }: Check) => needs.filter((id) => id !== 'length')
  const answer = async (check: Check): Promise<Answer> => {
    const reason = sayUnnamed(check, options) ?? letChoose(check, verification, given)
    if (reason === undefined) return await answerTo(check, verification, given)
    return { check, result: 'not asked', saw: check.input(verification), reason }
  }
  return await askAll(answer, needed)
}

/** Nothing is compared with what nobody named. */
function sayUnnamed({ id }: Check, options: Options): string | undefined {
  const compares = id === 'type' || id === 'issuer' || id === 'audience'
  return compares && options[id] === undefined ? `give --${id}` : undefined
}

async function answerTo(check: Check, verification: Verification, given: Given): Promise<Answer> {
  const reason = await refuse(check, verification, given)
  const saw = check.input(verification)
  const ours = check.ours?.(verification, reason !== undefined)
  return { check, result: reason === undefined ? 'passed' : 'failed', saw, reason, ours }
}

async function refuse(check: Check, verification: Verification, { unfit }: Given) {
  if (check.id === 'key' && unfit !== undefined) return unfit
  const reason = (await refusalOf(check, verification))?.reason
  if (reason === undefined || check.id !== 'signature') return reason
  const other = await sayOtherReading(verification)
  return other === undefined ? reason : `${reason}. ${other}`
}

/**
 * Takes the key where the token's kid does not choose it, and says who did: a person, or a set that
 * leaves no choice (RFC 7515 §4.1.4: kid is a hint, and may be absent).
 */
function letChoose({ id }: Check, verification: Verification, { keys, byHand, unfit }: Given) {
  if (id !== 'key' || unfit !== undefined) return undefined
  const { header } = verification
  const [key, ...others] = keys.filter(({ alg }) => alg === header.alg)
  const kidDecides = !byHand && (Object.hasOwn(header, 'kid') || others.length > 0)
  if (key === undefined || kidDecides) return undefined
  verification.key = key
  return byHand
    ? `you chose the key${sayWorthKnowing(key, header.kid)}`
    : `the token names none, and the set has one for ${key.alg}`
}

/** What a person may not know of the key: that it is short for its algorithm, or was made under another name. */
function sayWorthKnowing({ kid, alg, verifyingKey }: Key, named: unknown): string {
  const wanted = algorithms[alg]
  const bytes = verifyingKey.symmetricKeySize ?? 0
  if (wanted.keyType === 'secret' && bytes < wanted.minimumBytes)
    return `: ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, and ${alg} needs ${wanted.minimumBytes} (RFC 7518 §3.2)`
  const differs = kid !== unnamed && named !== undefined && named !== kid
  return differs ? `, whose own kid is "${kid}"` : ''
}
