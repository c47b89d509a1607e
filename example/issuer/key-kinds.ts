import { isKeyManagement } from '../token/encryption-algorithms.ts'
import {
  type EncryptionKey,
  encryptionKey,
  generateEncryptionKey,
} from '../token/encryption-key.ts'
import { generateKey } from '../token/generate-key.ts'
import type { Key } from '../token/key.ts'
import { privateJwk, readPrivateJwk } from '../token/private-jwk.ts'
import type { KeyKind } from './rings.ts'

/** Keys that sign. */
export const signing: KeyKind<Key> = {
  use: 'sig',
  fresh: async ({ alg }) => privateJwk(await generateKey({ alg })),
  read: readPrivateJwk,
}

/** Keys that encrypt refresh tokens: no key is for both. */
export const encrypting: KeyKind<EncryptionKey> = {
  use: 'enc',
  async fresh({ encryption: { alg, curve } }) {
    const { kid, decryptingKey } = await generateEncryptionKey({ alg, curve })
    return { ...decryptingKey.export({ format: 'jwk' }), kid, alg, use: 'enc' }
  },
  read(jwk) {
    const { kid, alg } = jwk
    if (typeof kid !== 'string' || !isKeyManagement(alg))
      throw new TypeError('Cannot use the key: its record is not one of ours')
    return encryptionKey({ kid, alg, privateKey: jwk })
  },
}
