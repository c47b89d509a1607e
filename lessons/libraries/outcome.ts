import type { AssertionError } from 'node:assert/strict'
import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../example/token/types.ts'
import { disagreement } from '../disagree.ts'
import { show } from '../failure.ts'
import { type Expectations, Refused, type TokenPort } from './port.ts'
import { audience, goodClaims, issuer, key, NOW, readable } from './tokens.ts'

/** How a call of `verify` differs from the usual one: this key, this second, this service. */
export interface Circumstances extends Partial<Expectations> {
  readonly key?: KeyObject
}

/** The adapter returns these claims. */
export async function accepts(
  port: TokenPort,
  token: string,
  { claims = goodClaims, ...circumstances }: Circumstances & { claims?: JsonObject } = {},
): Promise<void> {
  const outcome = await outcomeOf(port, token, circumstances)
  if (!outcome.accepted) throw told(outcome, 'accepts')
  if (!isDeepStrictEqual(outcome.claims, claims))
    throw told({ ...outcome, said: outcome.claims }, claims)
}

/** The adapter throws: any error, unless `only` says `Refused`. Returns what it threw. */
export async function refuses(
  port: TokenPort,
  token: string,
  { only, ...circumstances }: Circumstances & { only?: 'Refused' } = {},
): Promise<Error> {
  const outcome = await outcomeOf(port, token, circumstances)
  const wanted = only === undefined ? Error : Refused
  if (outcome.error instanceof wanted) return outcome.error
  throw told(outcome, `throws ${only ?? 'an error'}`)
}

/** The adapter throws rather than sign with this key. */
export async function refusesToIssue(port: TokenPort, weakKey: KeyObject): Promise<void> {
  try {
    await port.issue({ ...goodClaims }, weakKey)
  } catch {
    return
  }
  const call = `issue(claims, ${described(weakKey)})`
  throw told({ call, said: 'returns a token' }, 'throws an error')
}

interface Outcome {
  /** The call, with the token taken apart. */
  readonly call: string
  readonly accepted: boolean
  readonly said: string
  readonly claims?: unknown
  readonly error?: unknown
}

async function outcomeOf(
  port: TokenPort,
  token: string,
  { key: usedKey = key, now = NOW, ...others }: Circumstances,
): Promise<Outcome> {
  const expectations = { issuer, audience, now, ...others }
  const call = `verify(${readable(token)}, ${described(usedKey)}, ${saying(expectations)})`
  try {
    // A copy, for what an object inherits does not matter.
    const claims: unknown = structuredClone(await port.verify(token, usedKey, expectations))
    const accepted = typeof claims === 'object' && claims !== null
    return { call, accepted, said: accepted ? 'accepts' : `returns ${String(claims)}`, claims }
  } catch (error) {
    const thrown = error instanceof Error ? `${error.constructor.name}: ${error.message}` : error
    return { call, accepted: false, said: `throws ${thrown}`, error }
  }
}

/** As one would write it: what is the usual one is only named. */
function saying(expectations: Expectations): string {
  const usual: Partial<Expectations> = { issuer, audience }
  const members = Object.entries(expectations).map(([name, value]) =>
    value === usual[name as keyof Expectations] ? name : `${name}: ${show(value)}`,
  )
  return `{ ${members.join(', ')} }`
}

function described(usedKey: KeyObject): string {
  if (usedKey === key) return 'key'
  return usedKey.type === 'secret' ? `a key of ${usedKey.symmetricKeySize} bytes` : 'a public key'
}

/** Keeps the place where the adapter threw, for the report to show it. */
function told(
  { call, said, error }: { call: string; said: unknown; error?: unknown },
  expected: unknown,
): AssertionError {
  return disagreement(told, call, { actual: said, expected, thrown: error })
}
