import type { KeyObject } from 'node:crypto'
import { decodeBase64url } from '../../example/token/base64url.ts'
import { decode } from '../../example/token/decode.ts'
import type { JsonObject } from '../../example/token/types.ts'
import { Refused } from './port.ts'

/**
 * What no library refuses for us, or not every one of them. It runs before the library sees the token,
 * so what it reads proves nothing yet.
 */
export function readStrictly(token: string): { header: JsonObject; claims: JsonObject } {
  const { segments, header, claims } = decode(token)
  const [, , signature = ''] = segments
  if (segments.length !== 3 || decodeBase64url(signature) === undefined)
    throw new Refused('it is not three parts in strict base64url')
  if (header === undefined || claims === undefined)
    throw new Refused('header and claims are not JSON objects with each name once')
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64'))
    throw new Refused('it needs an extension that nobody here knows')
  return { header, claims }
}

/** The same for claims that are proven. */
export function requireClaims({ sub, exp, aud }: JsonObject, now: number): void {
  if (typeof sub !== 'string') throw new Refused('sub is not a string')
  if (aud === undefined) throw new Refused('it names no audience')
  if (!Number.isSafeInteger(exp) || Number(exp) <= now)
    throw new Refused('it has no expiry, or has expired')
}

/** Any error of any library means no. */
export function refusal(cause: unknown): Refused {
  return cause instanceof Refused ? cause : new Refused('the library refuses it', { cause })
}

/** At least as many bytes as the hash has (RFC 7518 §3.2). No library here insists on it. */
export function requireStrength(key: KeyObject): void {
  if (key.type !== 'secret' || Number(key.symmetricKeySize) < 32)
    throw new TypeError('Cannot use the key: HS256 needs a secret of 32 bytes or more')
}
