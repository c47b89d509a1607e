import { createPrivateKey, createPublicKey, type JsonWebKey, KeyObject } from 'node:crypto'
import { checkStrength } from './check-strength.ts'
import { isKeyManagement, type KeyManagement, keyManagements } from './encryption-algorithms.ts'
import { generatePair } from './generate-key.ts'
import type { KeyMaterial } from './key.ts'
import { thumbprint } from './thumbprint.ts'

/** A key that encrypts for one algorithm, and never signs: no function takes it for a Key. */
export interface EncryptionKey {
  readonly kid: string
  readonly alg: KeyManagement
  readonly use: 'enc'
  readonly encryptingKey: KeyObject
  readonly decryptingKey: KeyObject
}

export type EncryptionKeySet = ReadonlyMap<string, EncryptionKey>

const curves = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' } as const

export type EncryptionCurve = keyof typeof curves

/** A key pair for encryption, from its private half: PEM, a JWK or node's own object. */
export function encryptionKey(options: {
  kid: string
  alg: KeyManagement
  privateKey: KeyMaterial
}): EncryptionKey {
  const { kid, alg, privateKey } = options
  if (!isKeyManagement(alg))
    throw new TypeError('Cannot use the key: its algorithm is not one that encrypts')
  const decryptingKey =
    privateKey instanceof KeyObject ? privateKey : createPrivateKey(input(privateKey, alg))
  checkStrength(alg, keyManagements[alg], decryptingKey)
  const curve = decryptingKey.asymmetricKeyDetails?.namedCurve
  if (curve !== undefined && !Object.values<string>(curves).includes(curve))
    throw new TypeError(`Cannot use the key: ${alg} needs one of ${Object.keys(curves).join(', ')}`)
  return { kid, alg, use: 'enc', encryptingKey: createPublicKey(decryptingKey), decryptingKey }
}

/** A fresh one, called by its thumbprint: RSA with 3072 bits, or a curve. */
export async function generateEncryptionKey(options: {
  alg: KeyManagement
  curve?: EncryptionCurve
}): Promise<EncryptionKey> {
  const { alg, curve = 'P-256' } = options
  const pair = await generatePair({ keyType: keyManagements[alg], curve })
  return encryptionKey({ kid: await thumbprint(pair.publicKey), alg, privateKey: pair.privateKey })
}

/** A JWK that was made for something else is no key of ours (RFC 7517 §4.2, §4.4). */
function input(material: string | JsonWebKey, alg: KeyManagement) {
  if (typeof material === 'string') return material
  if (material.use !== undefined && material.use !== 'enc')
    throw new TypeError('Cannot use the key: its use is not to encrypt')
  if (material.alg !== undefined && material.alg !== alg)
    throw new TypeError(`Cannot use the key: its alg is not ${alg}`)
  return { key: material, format: 'jwk' as const }
}
