import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { JsonObject } from '../../example/token/types.ts'
import { signByHand } from './by-hand.ts'
import { type Expectations, Refused, type TokenPort } from './port.ts'
import { readStrictly, refusal, requireClaims, requireStrength } from './strict.ts'

/** The promises kept without a library: nothing to keep up to date, and nobody else who remembers. */
export const withNodeCrypto: TokenPort = {
  issue(claims, key) {
    requireStrength(key)
    return signByHand(claims, key)
  },

  verify(token, key, expectations) {
    requireStrength(key)
    try {
      const { header, claims } = readStrictly(token)
      if (header.alg !== 'HS256') throw new Refused('its algorithm is not HS256')
      if (!signatureHolds(token, key)) throw new Refused('its signature does not hold')
      requireNames(claims, expectations)
      requireClaims(claims, expectations.now)
      return claims
    } catch (error) {
      throw refusal(error)
    }
  },
}

function signatureHolds(token: string, key: KeyObject): boolean {
  const end = token.lastIndexOf('.')
  const given = Buffer.from(token.slice(end + 1), 'base64url')
  const computed = createHmac('sha256', key).update(token.slice(0, end)).digest()
  return given.length === computed.length && timingSafeEqual(given, computed)
}

function requireNames({ iss, aud, nbf = 0 }: JsonObject, expected: Expectations): void {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (iss !== expected.issuer) throw new Refused('its issuer is another one')
  if (!audiences.includes(expected.audience)) throw new Refused('it names no audience of ours')
  if (typeof nbf !== 'number' || nbf > expected.now) throw new Refused('it is not valid yet')
}
