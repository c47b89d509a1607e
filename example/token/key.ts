import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  KeyObject,
} from 'node:crypto'
import { type Algorithm, algorithms, isAlgorithm } from './algorithms.ts'
import { checkStrength } from './check-strength.ts'
import { isFor } from './jwk.ts'

/** A key bound to one algorithm and one name, so that no token can choose how it is used. */
export interface Key {
  readonly kid: string
  readonly alg: Algorithm
  readonly use: 'sig'
  /** Missing in a key that only verifies. For HMAC it is the same secret. */
  readonly signingKey?: KeyObject
  readonly verifyingKey: KeyObject
}

export type KeySet = ReadonlyMap<string, Key>

/** PEM text, a JWK (RFC 7517) or node's own object. */
export type KeyMaterial = string | JsonWebKey | KeyObject

interface KeyName {
  kid: string
  alg: Algorithm
}

/** A secret for HS256, HS384 or HS512: as many random bytes as the hash is long, or more (RFC 7518 §3.2). */
export function secretKey({ kid, alg, secret }: KeyName & { secret: Uint8Array }): Key {
  const wanted = requirements(alg)
  if (wanted.keyType !== 'secret')
    throw new TypeError(`Cannot use the secret: ${alg} needs a key pair`)
  if (!(secret instanceof Uint8Array)) throw new TypeError('Cannot use the secret: it is not bytes')
  if (secret.length < wanted.minimumBytes)
    throw new TypeError(`Cannot use the secret: ${alg} needs ${wanted.minimumBytes} bytes or more`)
  const key = createSecretKey(secret)
  return { kid, alg, use: 'sig', signingKey: key, verifyingKey: key }
}

/** A key pair that signs and verifies, from its private half. */
export function keyPair({ kid, alg, privateKey }: KeyName & { privateKey: KeyMaterial }): Key {
  const signingKey =
    privateKey instanceof KeyObject ? privateKey : createPrivateKey(input(privateKey, alg, 'sign'))
  const verifyingKey = createPublicKey(signingKey)
  check(alg, verifyingKey)
  return { kid, alg, use: 'sig', signingKey, verifyingKey }
}

/** The public half alone: verifies, never signs. */
export function publicKey({ kid, alg, publicKey }: KeyName & { publicKey: KeyMaterial }): Key {
  const verifyingKey =
    publicKey instanceof KeyObject ? publicKey : createPublicKey(input(publicKey, alg, 'verify'))
  if (verifyingKey.type !== 'public') throw new TypeError('Cannot use the key: it is not public')
  check(alg, verifyingKey)
  return { kid, alg, use: 'sig', verifyingKey }
}

/** Keys by name. Refuses what could be confused: one name twice, secrets among public keys (RFC 8725 §2.1). */
export function keySet(...keys: readonly Key[]): KeySet {
  const byName = new Map(keys.map((key) => [key.kid, key]))
  if (byName.size !== keys.length) throw new TypeError('Cannot use the keys: two have the same kid')
  const kinds = new Set(keys.map((key) => key.verifyingKey.type))
  if (kinds.size > 1) throw new TypeError('Cannot use the keys: secrets and public keys are mixed')
  return byName
}

/** A JWK that was made for something else is no key of ours (RFC 7517 §4.2 to §4.4). */
function input(material: string | JsonWebKey, alg: Algorithm, operation: 'sign' | 'verify') {
  if (typeof material === 'string') return material
  // A private JWK for signing has a public half that verifies.
  const operations = Object.hasOwn(material, 'd') ? ['sign', operation] : [operation]
  if (!isFor(material, ...operations))
    throw new TypeError(`Cannot use the key: its use or key_ops do not allow to ${operation}`)
  if (material.alg !== undefined && material.alg !== alg)
    throw new TypeError(`Cannot use the key: its alg is not ${alg}`)
  return { key: material, format: 'jwk' as const }
}

function check(alg: Algorithm, key: KeyObject): void {
  const wanted = requirements(alg)
  checkStrength(alg, wanted.keyType, key)
  if (wanted.keyType === 'ec' && key.asymmetricKeyDetails?.namedCurve !== wanted.curve)
    throw new TypeError(`Cannot use the key: ${alg} needs the curve ${wanted.curve}`)
}

/** What the algorithm asks of its key; a name that came from elsewhere may be of none. */
export function requirements(alg: Algorithm) {
  if (!isAlgorithm(alg)) throw new TypeError('Cannot use the key: its algorithm is unknown')
  return algorithms[alg]
}
