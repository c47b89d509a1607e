import { Turns } from '../store/turns.ts'
import { algorithms } from '../token/algorithms.ts'
import { keyManagements } from '../token/encryption-algorithms.ts'
import { type EncryptionKey, generateEncryptionKey } from '../token/encryption-key.ts'
import { generateKey } from '../token/generate-key.ts'
import type { Key } from '../token/key.ts'
import { privateJwk, readPrivateEncryptionJwk, readPrivateJwk } from '../token/private-jwk.ts'
import type { KeyKind } from './rings.ts'

/** Keys that sign. */
export const signing: KeyKind<Key> = {
  use: 'sig',
  typeOf: ({ alg }) => algorithms[alg].keyType,
  fresh: async ({ alg }) => privateJwk(await generateKey({ alg })),
  read: readPrivateJwk,
}

/** Keys that encrypt refresh tokens: no key is for both. */
export const encrypting: KeyKind<EncryptionKey> = {
  use: 'enc',
  typeOf: ({ encryption }) => keyManagements[encryption.alg],
  fresh: async ({ encryption }) => privateJwk(await generateEncryptionKey(encryption)),
  read: readPrivateEncryptionJwk,
}

/**
 * The kinds that share this have one key of a type made at a time. RSA takes a second of one of the four threads that node
 * has for disks and cryptography: four keys at once would keep every other answer waiting.
 */
export function inTurns(): <Key>(kind: KeyKind<Key>) => KeyKind<Key> {
  const turns = new Turns()
  return (kind) => ({
    ...kind,
    fresh: (namespace) => turns.take(kind.typeOf(namespace), () => kind.fresh(namespace)),
  })
}
