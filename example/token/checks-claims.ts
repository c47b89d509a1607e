import { parseJsonObject, strictObject } from './json.ts'
import { isGoodForTheRfcs, strictJson } from './rfc-json.ts'
import { show } from './show.ts'
import type { Check, TimeCheck } from './types.ts'

/** One spelling of a random UUID (RFC 9562 §5.4): lower case, with hyphens. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** What a subject may look like. It becomes part of a store key, so it has no separators. */
export const subjectGrammar = /^[A-Za-z0-9._@+-]{1,128}$/

/** The times that we accept, in words. */
const wholeSeconds = 'a whole number of seconds from 1 to 2^53 - 1'

const claimsSet: Check = {
  id: 'claims',
  rfc: 'RFC 7519 §7.2',
  promise: 'The payload is a JSON object with each name once',
  attack: 'A payload of null or with sub written twice breaks or fools the code behind',
  needs: ['signature'],
  input: ({ payload }) => `${payload.length} bytes`,
  refuse(verification) {
    const parsed = parseJsonObject(verification.payload)
    if (parsed === undefined) return `the claims are not ${strictObject}`
    verification.claims = parsed
    return undefined
  },
  ours: ({ payload }, failed) => (failed && isGoodForTheRfcs(payload) ? strictJson : undefined),
}

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

const issuer: Check = {
  id: 'issuer',
  rfc: 'RFC 7519 §4.1.1, RFC 8725 §3.8',
  promise: 'It was made by the issuer that we trust',
  attack: 'Another service with a key in common lets its own users in here',
  needs: ['claims'],
  input: ({ claims }) => `iss ${show(claims.iss)}`,
  refuse: ({ claims, policy }) =>
    claims.iss === policy.issuer ? undefined : 'its issuer is another one',
}

const audience: Check = {
  id: 'audience',
  rfc: 'RFC 7519 §4.1.3, RFC 8725 §3.9',
  promise: 'It was made for us',
  attack: 'A token that was given to one service is carried to the next and opens it too',
  needs: ['claims'],
  input: ({ claims }) => `aud ${show(claims.aud)}`,
  refuse({ claims: { aud }, policy }) {
    const names: unknown[] = Array.isArray(aud) ? aud : [aud]
    return names.every((name) => typeof name === 'string') && names.includes(policy.audience)
      ? undefined
      : 'it names no audience of ours'
  },
}

const identifiers: Check = {
  id: 'identifiers',
  rfc: 'RFC 7519 §4.1.2, §4.1.7',
  promise: 'Its subject, its own id and its session id are texts of a known form',
  attack: 'A list, an object or ten kilobytes where a name is expected becomes a key of the store',
  needs: ['claims'],
  input: ({ claims: { sub, jti, sid } }) => `sub ${show(sub)}, jti ${show(jti)}, sid ${show(sid)}`,
  refuse({ claims }) {
    if (!matches(subjectGrammar, claims.sub)) return 'sub is not a well-formed subject'
    if (!matches(uuid, claims.jti)) return 'jti is not a random UUID'
    if (Object.hasOwn(claims, 'sid') && !matches(uuid, claims.sid))
      return 'sid is not a random UUID'
    return undefined
  },
  ours: ({ claims: { sub, jti } }) =>
    [sub, jti].every((value) => value === undefined || typeof value === 'string')
      ? 'no RFC says what sub, jti and sid look like; we want short names and random UUIDs'
      : undefined,
}

/** The checks whose answer changes as time goes by: asked again of a token that was proven before. */
export const timeChecks: readonly TimeCheck[] = [expiry, notBefore, issuedAt]

/** What do the proven claims say, and do they say it to us, now? */
export const claimsChecks: readonly Check[] = [
  claimsSet,
  expiry,
  lifetime,
  notBefore,
  issuedAt,
  issuer,
  audience,
  identifiers,
]

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

function matches(grammar: RegExp, value: unknown): boolean {
  return typeof value === 'string' && grammar.test(value)
}
