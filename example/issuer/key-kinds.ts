import { type EncryptionKey, generateEncryptionKey } from '../token/encryption-key.ts'
import { generateKey } from '../token/generate-key.ts'
import type { Key } from '../token/key.ts'
import { privateJwk, readPrivateEncryptionJwk, readPrivateJwk } from '../token/private-jwk.ts'
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
  fresh: async ({ encryption }) => privateJwk(await generateEncryptionKey(encryption)),
  read: readPrivateEncryptionJwk,
}
