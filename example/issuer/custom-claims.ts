import { HttpError } from '../http/errors.ts'
import { subjectGrammar } from '../token/checks-claims.ts'
import { isJsonObject } from '../token/json.ts'
import type { JsonObject } from '../token/types.ts'

/** What this server alone says of a token. */
const ours = ['iss', 'exp', 'iat', 'nbf', 'jti', 'sid', 'client_id']
/** These would be lost, or change what others mean, where somebody puts claims together. jsonwebtoken fails at some. */
const hostile = ['prototype', ...Object.getOwnPropertyNames(Object.prototype)]

/** More would make a token that no verifier looks at. */
const mostBytes = 4096

/**
 * Whether there is a number in it that was another one in the JSON, or may have been: `1e400`, or 20 digits. Readers of
 * JSON agree on integers up to 2^53 alone (RFC 8259 §6).
 */
function hasLost(value: unknown): boolean {
  if (typeof value === 'number')
    return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLost)
}

/**
 * What an application wants a token to say, and about whom. `sub` may be given, and `aud` where it is the application
 * itself: a token for somebody else would be believed there.
 * @throws HttpError 422 with the claim, and why
 */
export function customClaims(
  claims: unknown,
  name: string,
): { subject: string; claims: JsonObject } {
  if (claims === undefined) return { subject: name, claims: {} }
  if (!isJsonObject(claims)) throw new HttpError(422, 'claims: must be an object')
  const reserved = ours.find((claim) => Object.hasOwn(claims, claim))
  if (reserved !== undefined)
    throw new HttpError(422, `claims.${reserved}: cannot be given: this server says it`)
  const bad = hostile.find((claim) => Object.hasOwn(claims, claim))
  if (bad !== undefined) throw new HttpError(422, `claims.${bad}: cannot be given`)
  if (Buffer.byteLength(JSON.stringify(claims)) > mostBytes)
    throw new HttpError(422, `claims: must have ${mostBytes} bytes or less`)
  const [lossy] = Object.entries(claims).find(([, value]) => hasLost(value)) ?? []
  if (lossy !== undefined)
    throw new HttpError(422, `claims.${lossy}: has a number with too many digits: send a text`)
  const { sub: subject = name, aud = name, ...others } = claims
  if (typeof subject !== 'string' || !subjectGrammar.test(subject))
    throw new HttpError(422, 'claims.sub: must be 1 to 128 letters, digits or ._@+-')
  if (aud !== name) throw new HttpError(422, `claims.aud: must be ${name}`)
  return { subject, claims: others }
}
