import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { decodeBase64url } from '../example/token/base64url.ts'
import type { JsonObject } from '../example/token/types.ts'
import { Problem } from './problem.ts'

/** A key that verifies, read from the text of a key. */
export interface Material {
  readonly key: KeyObject
  /** Whoever has the text can sign with it. */
  readonly signs: boolean
}

/** PEM of a public key, a certificate or a private key, of which only the public half is kept. */
export function readPem(pem: string, option: string): Material {
  if (pem.includes('ENCRYPTED'))
    throw new Problem(`Cannot use ${option}: the key is encrypted. Give its public half`)
  return { key: publicHalf(pem, option), signs: pem.includes('PRIVATE KEY') }
}

/** One JWK (RFC 7517 §4): a secret when its kty is oct, or else a public key. */
export function readJwk(jwk: JsonObject, option: string): Material {
  if (jwk.kty !== 'oct') return { key: publicHalf(jwk, option), signs: Object.hasOwn(jwk, 'd') }
  const bytes = typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : undefined
  if (bytes === undefined)
    throw new Problem(`Cannot use ${option}: the k of a JWK is not base64url (RFC 7518 §6.4.1)`)
  return { key: createSecretKey(bytes), signs: true }
}

/** Node's own words about a key are never repeated: they may quote it. */
function publicHalf(text: string | JsonObject, option: string): KeyObject {
  try {
    return createPublicKey(typeof text === 'string' ? text : { key: text, format: 'jwk' })
  } catch {
    throw new Problem(
      `Cannot use ${option}: a key is damaged, or of a kind that Node does not know`,
    )
  }
}
