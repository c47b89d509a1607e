import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Expectations } from './port.ts'

/** Its own error, so that its refusals can be told from its accidents. */
export class NotAccepted extends Error {}

/**
 * HS256 as somebody writes it in an afternoon, with a good tutorial. The signature is right and comes
 * first; what is missing is a look at everything that only an attacker sends. Not for use: see `demo 7`.
 */
export function verifyByHand(
  token: string,
  key: string | Uint8Array | KeyObject,
  { issuer, audience, now }: Expectations,
) {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const { alg } = parse(header)
  if (alg !== 'HS256') throw new NotAccepted('wrong algorithm')

  const expected = createHmac('sha256', key).update(`${header}.${payload}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new NotAccepted('wrong signature')

  const claims = parse(payload)
  if (now >= claims.exp) throw new NotAccepted('expired')
  if (claims.iss !== issuer) throw new NotAccepted('wrong issuer')
  if (claims.aud !== audience) throw new NotAccepted('wrong audience')
  return claims
}

export function signByHand(claims: object, key: string | Uint8Array | KeyObject): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signingInput = parts.join('.')
  return `${signingInput}.${createHmac('sha256', key).update(signingInput).digest('base64url')}`
}

// The type is what the author of this code believes. Whoever wrote the token need not agree.
function parse(segment: string): { alg: string; iss: string; aud: string; exp: number } {
  return JSON.parse(Buffer.from(segment, 'base64url').toString())
}
