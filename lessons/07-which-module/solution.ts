import type { KeyObject } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'
import { decodeBase64url } from '../../example/token/base64url.ts'
import { decode } from '../../example/token/decode.ts'
import type { Differences } from '../../lessons/libraries/matrix.ts'
import { Refused, type TokenPort } from '../../lessons/libraries/port.ts'

export const firstStep: 'jose' | 'jsonwebtoken' | 'fast-jwt' | 'none' | undefined = 'none'

/** The promises of TokenPort, kept with fast-jwt: strict before it, strict after it, one error around it. */
export const adapter: TokenPort = {
  issue: (claims, key) => createSigner({ key: secretOf(key), algorithm: 'HS256' })(claims),

  verify(token, key, { issuer, audience, now }) {
    const secret = secretOf(key)
    try {
      const { segments, header, claims } = decode(token)
      if (!decodeBase64url(segments[2] ?? '')) throw new Refused('its signature is respelled')
      if (!header || !claims) throw new Refused('its JSON can be read in two ways')
      if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64'))
        throw new Refused('it needs an extension that nobody here knows')
      createVerifier({
        key: secret,
        algorithms: ['HS256'],
        allowedIss: issuer,
        allowedAud: audience,
        requiredClaims: ['iss', 'aud', 'sub', 'exp'],
        clockTimestamp: now * 1000, // it counts in milliseconds
      })(token)
      if (typeof claims.sub !== 'string') throw new Refused('its sub is not a string')
      if (!Number.isSafeInteger(claims.exp) || Number(claims.exp) <= now)
        throw new Refused('its exp is not a time in the future')
      return claims
    } catch (cause) {
      throw cause instanceof Refused ? cause : new Refused('fast-jwt refuses it', { cause })
    }
  },
}

function secretOf(key: KeyObject): Buffer {
  if (key.type === 'secret' && Number(key.symmetricKeySize) >= 32) return key.export()
  throw new TypeError('Cannot use the key: HS256 needs a secret of 32 bytes or more')
}

/** What they do today. Where a new version does something else, the check says so. */
export const differences: Differences = {
  'no aud': { jose: 'refuses', jsonwebtoken: 'refuses', 'fast-jwt': 'accepts' },
  'crit unknown': { jose: 'refuses', jsonwebtoken: 'accepts', 'fast-jwt': 'refuses' },
  'payload not JSON': { jose: 'refuses', jsonwebtoken: 'SyntaxError', 'fast-jwt': 'refuses' },
}
