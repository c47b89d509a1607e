import { checks } from './checks.ts'
import { formChecks } from './checks-form.ts'
import { choiceChecks, typeCheck } from './checks-header.ts'
import { signatureCheck } from './checks-signature.ts'
import { TokenError } from './errors.ts'
import type { Key } from './key.ts'
import type { Check, JsonObject, TokenClaims, Verification, VerifyOptions } from './types.ts'

/**
 * Proves a token: its form and header, its signature, then its claims (RFC 7519 §7.2).
 * Throws a TokenError whose `code` is the id of the check that refused it, and nothing else.
 */
export async function verify(token: string, options: VerifyOptions): Promise<TokenClaims> {
  const verification = begin(token, options)
  for (const check of checks) await enforce(check, verification)
  return verification.claims as TokenClaims // every claim that the type names has been checked
}

/**
 * The layer below the claims: proves that the holder of one key wrote these bytes, and hands them
 * over unread (RFC 7515 §5.2). The key decides the algorithm; `kid` is not asked.
 */
export async function verifyJws(
  token: string,
  key: Key,
  { type, maxLength = 8192 }: { type?: string; maxLength?: number } = {},
): Promise<{ header: JsonObject; payload: Buffer }> {
  const policy = { ...noClaims, algorithms: [key.alg], type: type ?? 'any', maxLength }
  const verification = { ...begin(token, { keys: new Map(), policy, now: 0 }), key }
  const ofThisType = type === undefined ? [] : [typeCheck]
  for (const check of [...formChecks, ...ofThisType, ...choiceChecks, signatureCheck])
    await enforce(check, verification)
  return { header: verification.header, payload: verification.payload }
}

const noClaims = { issuer: '', audience: '', maxLifetimeSeconds: 0, leewaySeconds: 0 }
const nothing = Buffer.alloc(0)

export function begin(token: string, options: VerifyOptions): Verification {
  const empty = { segments: [], header: {}, key: undefined, payload: nothing, claims: {} }
  return { token, ...options, ...empty }
}

export async function enforce(check: Check, verification: Verification): Promise<void> {
  const refusal = await refusalOf(check, verification)
  if (refusal !== undefined) throw refusal
}

/** Asks one check. Both libraries throw errors of many classes at hostile tokens: all of them mean no. */
export async function refusalOf(check: Check, v: Verification): Promise<TokenError | undefined> {
  try {
    const reason = await check.refuse(v)
    return reason === undefined ? undefined : new TokenError(check.id, reason)
  } catch (cause) {
    return new TokenError(check.id, `the ${check.id} check does not hold`, { cause })
  }
}
