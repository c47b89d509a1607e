import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import { type Namespace, type Namespaces, randomNsId } from './namespace.ts'
import type { Rings } from './rings.ts'

/** Makes a namespace with its keys; `undefined` when the name is taken. */
export type MakeNamespace = (
  given: Omit<Namespace, 'nsId' | 'createdAt'>,
) => Promise<Namespace | undefined>

export function createMakeNamespace(deps: {
  namespaces: Pick<Namespaces, 'create'>
  signingKeys: Pick<Rings<Key>, 'make' | 'remove'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'make' | 'remove'>
  now: () => number
}): MakeNamespace {
  const { namespaces, signingKeys, encryptionKeys, now } = deps
  return async (given) => {
    const namespace = { ...given, nsId: randomNsId(), createdAt: now() }
    // The keys first: whoever dies in between leaves keys that nobody can ask for, and no application without keys.
    await Promise.all([signingKeys.make(namespace, now()), encryptionKeys.make(namespace, now())])
    if (await namespaces.create(namespace)) return namespace
    await Promise.all([signingKeys.remove(namespace), encryptionKeys.remove(namespace)])
    return undefined
  }
}
