import jwt from 'jsonwebtoken'
import type { TokenPort } from './port.ts'
import { readStrictly, refusal, requireClaims, requireStrength } from './strict.ts'

/** The promises kept with jsonwebtoken. It answers at once, and so does this. */
export const withJsonwebtoken: TokenPort = {
  issue(claims, key) {
    requireStrength(key)
    return jwt.sign(claims, key, { algorithm: 'HS256' })
  },

  verify(token, key, { issuer, audience, now }) {
    requireStrength(key)
    try {
      const { claims } = readStrictly(token)
      jwt.verify(token, key, { algorithms: ['HS256'], issuer, audience, clockTimestamp: now })
      requireClaims(claims, now)
      return claims
    } catch (error) {
      throw refusal(error)
    }
  },
}
