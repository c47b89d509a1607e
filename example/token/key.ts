import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type JsonWebKey,
  KeyObject,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'
import { type Algorithm, algorithms } from './algorithms.ts'
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

const generatePair = promisify(generateKeyPair)

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
  checkStrength(alg, verifyingKey)
  return { kid, alg, use: 'sig', signingKey, verifyingKey }
}

/** The public half alone: verifies, never signs. */
export function publicKey({ kid, alg, publicKey }: KeyName & { publicKey: KeyMaterial }): Key {
  const verifyingKey =
    publicKey instanceof KeyObject ? publicKey : createPublicKey(input(publicKey, alg, 'verify'))
  if (verifyingKey.type !== 'public') throw new TypeError('Cannot use the key: it is not public')
  checkStrength(alg, verifyingKey)
  return { kid, alg, use: 'sig', verifyingKey }
}

/** A fresh key of the size that the algorithm asks for. RSA takes a tenth of a second, during which others are served. */
export async function generateKey({ kid, alg }: KeyName): Promise<Key> {
  const wanted = requirements(alg)
  switch (wanted.keyType) {
    case 'secret':
      return secretKey({ kid, alg, secret: randomBytes(wanted.minimumBytes) })
    case 'rsa':
      return keyPair({ kid, alg, ...(await generatePair('rsa', { modulusLength: 3072 })) })
    case 'ec':
      return keyPair({ kid, alg, ...(await generatePair('ec', { namedCurve: wanted.curve })) })
    case 'ed25519':
      return keyPair({ kid, alg, ...(await generatePair('ed25519')) })
  }
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

function checkStrength(alg: Algorithm, key: KeyObject): void {
  const wanted = requirements(alg)
  const { namedCurve, modulusLength = 0, publicExponent } = { ...key.asymmetricKeyDetails }
  if (key.asymmetricKeyType !== wanted.keyType)
    throw new TypeError(`Cannot use the key: ${alg} needs a key of type ${wanted.keyType}`)
  if (wanted.keyType === 'ec' && namedCurve !== wanted.curve)
    throw new TypeError(`Cannot use the key: ${alg} needs the curve ${wanted.curve}`)
  if (wanted.keyType !== 'rsa') return
  // RFC 7518 §3.3 asks for 2048 bits. One exponent, the one that everybody uses, is our own rule.
  if (modulusLength < 2048)
    throw new TypeError(`Cannot use the key: ${alg} needs 2048 bits or more`)
  if (publicExponent !== 65537n)
    throw new TypeError('Cannot use the key: its exponent is not 65537')
}

function requirements(alg: Algorithm) {
  if (!Object.hasOwn(algorithms, alg))
    throw new TypeError('Cannot use the key: its algorithm is unknown')
  return algorithms[alg]
}
