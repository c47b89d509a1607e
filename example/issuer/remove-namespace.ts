import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import type { Namespace, Namespaces } from './namespace.ts'
import type { Rings } from './rings.ts'
import type { Users } from './user.ts'

/** Takes a namespace away, with its keys and its users. */
export type RemoveNamespace = (namespace: Namespace) => Promise<void>

export function createRemoveNamespace(deps: {
  namespaces: Pick<Namespaces, 'remove'>
  signingKeys: Pick<Rings<Key>, 'remove'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'remove'>
  users: Pick<Users, 'all' | 'remove'>
}): RemoveNamespace {
  const { namespaces, signingKeys, encryptionKeys, users } = deps
  return async (namespace) => {
    // With this write everything else is out of reach, whatever becomes of it: it stands under an id that nobody has any more.
    await namespaces.remove(namespace.name)
    await signingKeys.remove(namespace)
    await encryptionKeys.remove(namespace)
    for await (const { id } of users.all(namespace.nsId)) await users.remove(namespace.nsId, id)
  }
}
