import { isAlgorithm } from './algorithms.ts'
import { decodeBase64url } from './base64url.ts'
import { isFor } from './jwk.ts'
import { type Key, keyPair, secretKey } from './key.ts'
import type { JsonObject } from './types.ts'

/** All of a key that signs, as a JWK, to be kept where nobody else reads it (RFC 7517 §9.2). */
export function privateJwk({ kid, alg, use, signingKey }: Key): JsonObject {
  if (signingKey === undefined) throw new TypeError('Cannot write the key: it only verifies')
  return { ...signingKey.export({ format: 'jwk' }), kid, alg, use }
}

/** The key that `privateJwk` wrote. */
export function readPrivateJwk(jwk: JsonObject): Key {
  const { kid, alg, k } = jwk
  if (typeof kid !== 'string') throw new TypeError('Cannot use the key: it has no kid')
  if (!isAlgorithm(alg)) throw new TypeError('Cannot use the key: its algorithm is unknown')
  if (jwk.kty !== 'oct') return keyPair({ kid, alg, privateKey: jwk })
  const secret = typeof k === 'string' ? decodeBase64url(k) : undefined
  if (secret === undefined || !isFor(jwk, 'sign'))
    throw new TypeError('Cannot use the key: it is no secret for signatures')
  return secretKey({ kid, alg, secret })
}
