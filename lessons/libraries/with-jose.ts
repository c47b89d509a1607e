import { jwtVerify, SignJWT } from 'jose'
import type { TokenPort } from './port.ts'
import { readStrictly, refusal, requireClaims, requireStrength } from './strict.ts'

/** The promises kept with jose, which forgives other spellings and does not insist on an exp. */
export const withJose: TokenPort = {
  issue(claims, key) {
    requireStrength(key)
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key)
  },

  async verify(token, key, { issuer, audience, now }) {
    requireStrength(key)
    try {
      const { claims } = readStrictly(token)
      const currentDate = new Date(now * 1000)
      await jwtVerify(token, key, { algorithms: ['HS256'], issuer, audience, currentDate })
      requireClaims(claims, now)
      return claims
    } catch (error) {
      throw refusal(error)
    }
  },
}
