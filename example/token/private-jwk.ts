import { isAlgorithm } from './algorithms.ts'
import { decodeBase64url } from './base64url.ts'
import { isKeyManagement } from './encryption-algorithms.ts'
import { type EncryptionKey, encryptionKey } from './encryption-key.ts'
import { isFor } from './jwk.ts'
import { type Key, keyPair, secretKey } from './key.ts'
import type { JsonObject } from './types.ts'

/** All of a key, as a JWK, to be kept where nobody else reads it (RFC 7517 §9.2). */
export function privateJwk(key: Key | EncryptionKey): JsonObject {
  const half = key.use === 'sig' ? key.signingKey : key.decryptingKey
  if (half === undefined) throw new TypeError('Cannot write the key: it only verifies')
  return { ...half.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: key.use }
}

/** The key that signs which `privateJwk` wrote. */
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

/** The key that encrypts which `privateJwk` wrote. */
export function readPrivateEncryptionJwk(jwk: JsonObject): EncryptionKey {
  const { kid, alg } = jwk
  if (typeof kid !== 'string') throw new TypeError('Cannot use the key: it has no kid')
  if (!isKeyManagement(alg)) throw new TypeError('Cannot use the key: its algorithm is unknown')
  return encryptionKey({ kid, alg, privateKey: jwk })
}
