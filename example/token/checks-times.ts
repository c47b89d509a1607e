import { show } from './show.ts'
import type { Check, TimeCheck } from './types.ts'

/** The times that we accept, in words. */
const wholeSeconds = 'a whole number of seconds from 1 to 2^53 - 1'

const expiry: TimeCheck = {
  id: 'expiry',
  rfc: 'RFC 7519 §4.1.4',
  promise: 'It has an expiry, and that is still to come',
  attack: 'A token found in an old log or backup works forever',
  needs: ['claims'],
  input: ({ claims, now }) => `exp ${show(claims.exp)}, now ${now}`,
  refuse({ claims: { exp }, now, policy }) {
    if (!isNumericDate(exp)) return `exp is not ${wholeSeconds}`
    return now < exp + policy.leewaySeconds ? undefined : 'it has expired'
  },
  // The time itself is the RFC's business. What is ours is how it may be written.
  ours: ({ claims: { exp }, now }, failed) =>
    failed && (exp === undefined || (isTime(exp) && exp > now))
      ? `RFC 7519 lets it be absent or any number; we want ${wholeSeconds}`
      : undefined,
}

const lifetime: Check = {
  id: 'lifetime',
  rfc: 'RFC 7519 §4.1.6, RFC 6750 §5.3',
  promise: 'From iat to exp is no longer than we ever issue',
  attack: 'An expiry in milliseconds, by mistake or on purpose, lasts for fifty thousand years',
  needs: ['claims'],
  input: ({ claims }) => `iat ${show(claims.iat)}, exp ${show(claims.exp)}`,
  refuse({ claims: { iat, exp }, policy }) {
    const seconds = Number(exp) - Number(iat)
    return seconds > 0 && seconds <= policy.maxLifetimeSeconds
      ? undefined
      : `its lifetime is not within ${policy.maxLifetimeSeconds} seconds`
  },
  ours({ claims: { iat, exp }, policy }) {
    if (!isTimeOrAbsent(exp) || !isTimeOrAbsent(iat)) return undefined
    if (!isTime(exp) || !isTime(iat)) return 'RFC 7519 lets exp and iat be absent; we want both'
    return exp > iat
      ? `no RFC sets a hard limit (RFC 6750 §5.3 advises an hour or less); we issue ${policy.maxLifetimeSeconds} seconds at most`
      : 'no RFC says that exp is later than iat; we want that'
  },
}

const notBefore: TimeCheck = {
  id: 'not-before',
  rfc: 'RFC 7519 §4.1.5',
  promise: 'If it has a nbf, that time has come',
  attack: 'A token issued for next month works today',
  needs: ['claims'],
  input: ({ claims, now }) => `nbf ${show(claims.nbf)}, now ${now}`,
  refuse({ claims, now, policy }) {
    if (!Object.hasOwn(claims, 'nbf')) return undefined
    if (!isNumericDate(claims.nbf)) return `nbf is not ${wholeSeconds}`
    return claims.nbf <= now + policy.leewaySeconds ? undefined : 'it is not valid yet'
  },
  ours: ({ claims: { nbf }, now }, failed) =>
    failed && isTime(nbf) && nbf <= now
      ? `RFC 7519 lets it be any number; we want ${wholeSeconds}`
      : undefined,
}

const issuedAt: TimeCheck = {
  id: 'issued-at',
  rfc: 'RFC 7519 §4.1.6',
  promise: 'It says when it was made, and that was not in the future',
  attack: 'A token dated ahead outlives the longest lifetime that we allow',
  needs: ['claims'],
  input: ({ claims, now }) => `iat ${show(claims.iat)}, now ${now}`,
  refuse({ claims: { iat }, now, policy }) {
    if (!isNumericDate(iat)) return `iat is not ${wholeSeconds}`
    return iat <= now + policy.leewaySeconds ? undefined : 'it was issued in the future'
  },
  ours: ({ claims: { iat } }) =>
    isTimeOrAbsent(iat)
      ? `RFC 7519 lets iat be any number, absent or in the future; we want ${wholeSeconds}, not in the future`
      : undefined,
}

/** The checks whose answer changes as time goes by: asked again of a token that was proven before. */
export const timeChecks: readonly TimeCheck[] = [expiry, notBefore, issuedAt]

/** From when to when does it say that it is good? */
export const times: readonly Check[] = [expiry, lifetime, notBefore, issuedAt]

/** RFC 7519 §2 allows any number; we issue whole seconds and accept nothing else, nor more than a number can count. */
function isNumericDate(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

/** What RFC 7519 accepts as a time. */
function isTime(value: unknown): value is number {
  return Number.isFinite(value)
}

function isTimeOrAbsent(value: unknown): boolean {
  return value === undefined || isTime(value)
}
