import { wholeSeconds } from './checks-claims.ts'
import { isJsonObject, strictObject, utf8 } from './json.ts'
import type { CheckId, Policy, Verification } from './types.ts'
import { writtenMembers } from './written.ts'

/** The rule of our own that a check follows where no RFC decides; `undefined` where an RFC does. For people to read. */
export function ownRule(
  id: CheckId,
  { segments, payload, claims: { sub, jti, exp, nbf, iat }, now, policy }: Verification,
  failed: boolean,
): string | undefined {
  switch (id) {
    case 'length':
      return `no RFC limits the length of a token; we read ${policy.maxLength} characters`
    case 'header':
      return failed && isGoodForTheRfcs(Buffer.from(segments[0] ?? '', 'base64url'))
        ? strictJson
        : undefined
    case 'claims':
      return failed && isGoodForTheRfcs(payload) ? strictJson : undefined
    case 'embedded-key':
      return 'RFC 7515 allows such a parameter; we refuse it unread'
    case 'lifetime':
      if (![exp, iat].every(isTimeOrAbsent)) return undefined
      return isTime(exp) && isTime(iat) ? sayLifetime(exp - iat, policy) : both
    case 'issued-at':
      return isTimeOrAbsent(iat) ? wholeIat : undefined
    case 'identifiers':
      return [sub, jti].every(isStringOrAbsent)
        ? 'no RFC says what sub, jti and sid look like; we want short names and random UUIDs'
        : undefined
    // The time itself is the RFC's business. What is ours is how it may be written.
    case 'expiry':
      return failed && (exp === undefined || (isTime(exp) && exp > now)) ? wholeExp : undefined
    case 'not-before':
      return failed && isTime(nbf) && nbf <= now ? wholeNbf : undefined
    default:
      return undefined
  }
}

/** Whether JSON that we refuse is good for the RFCs: they want only the outer names once. */
export function isGoodForTheRfcs(bytes: Uint8Array): boolean {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && Object.keys(value).length === writtenMembers(text).length
  } catch {
    return false
  }
}

const strictJson = `RFC 8259 allows any depth, and only advises against a name twice; we want ${strictObject}`
const wholeExp = `RFC 7519 lets it be absent or any number; we want ${wholeSeconds}`
const wholeNbf = `RFC 7519 lets it be any number; we want ${wholeSeconds}`
const wholeIat = `RFC 7519 lets iat be any number, absent or in the future; we want ${wholeSeconds}, not in the future`
const both = 'RFC 7519 lets exp and iat be absent; we want both'

function sayLifetime(seconds: number, { maxLifetimeSeconds }: Policy): string {
  return seconds > 0
    ? `no RFC sets a hard limit (RFC 6750 §5.3 advises an hour or less); we issue ${maxLifetimeSeconds} seconds at most`
    : 'no RFC says that exp is later than iat; we want that'
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value)
}

function isTimeOrAbsent(value: unknown): boolean {
  return value === undefined || isTime(value)
}

function isStringOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}
