import { times } from './checks-times.ts'
import { parseJsonObject, strictObject } from './json.ts'
import { isGoodForTheRfcs, strictJson } from './rfc-json.ts'
import { show } from './show.ts'
import type { Check } from './types.ts'

/** One spelling of a random UUID (RFC 9562 §5.4): lower case, with hyphens. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** What a subject may look like. It becomes part of a store key, so it has no separators. */
export const subjectGrammar = /^[A-Za-z0-9._@+-]{1,128}$/

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

/** What do the proven claims say, and do they say it to us, now? */
export const claimsChecks: readonly Check[] = [claimsSet, ...times, issuer, audience, identifiers]

function matches(grammar: RegExp, value: unknown): boolean {
  return typeof value === 'string' && grammar.test(value)
}
