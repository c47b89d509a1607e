import { HttpError } from '../http/errors.ts'
import { subjectGrammar } from '../token/checks-claims.ts'
import { isJsonObject } from '../token/json.ts'
import type { JsonObject } from '../token/types.ts'
import { writtenMembers } from '../token/written.ts'
import { hasLostNumber } from './lost-number.ts'

/** What this server alone says of a token. */
const ours = ['iss', 'exp', 'iat', 'nbf', 'jti', 'sid', 'client_id']
/** These would be lost, or change what others mean, where somebody puts claims together. jsonwebtoken fails at some. */
const hostile = ['prototype', ...Object.getOwnPropertyNames(Object.prototype)]

/** More would make a token that no verifier looks at. */
const mostBytes = 4096

/**
 * What an application wants a token to say, and about whom. `sub` may be given, and `aud` where it is the application
 * itself: a token for somebody else would be believed there. Numbers are looked at as they are written in the body.
 * @throws HttpError 422 with the claim, and why
 */
export function customClaims(
  claims: unknown,
  name: string,
  body: string,
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
  const written = String(new Map(writtenMembers(body)).get('claims'))
  const [lossy] = writtenMembers(written).find(([, value]) => hasLostNumber(value)) ?? []
  if (lossy !== undefined)
    throw new HttpError(
      422,
      `claims.${lossy}: has a number that a double does not keep: send a text`,
    )
  const { sub: subject = name, aud = name, ...others } = claims
  if (typeof subject !== 'string' || !subjectGrammar.test(subject))
    throw new HttpError(422, 'claims.sub: must be 1 to 128 letters, digits or ._@+-')
  if (aud !== name) throw new HttpError(422, `claims.aud: must be ${name}`)
  return { subject, claims: others }
}
