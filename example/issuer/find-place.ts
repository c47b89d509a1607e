import { HttpError } from '../http/errors.ts'
import { absentIfDamaged } from '../store/errors.ts'
import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import { type Namespace, type Namespaces, namespaceRule } from './namespace.ts'
import type { Rings } from './rings.ts'
import type { Place } from './tokens.ts'

/**
 * The namespace of this name, and its keys.
 * @throws HttpError 400 without a name, 404 where there is none of this name
 */
export type FindPlace = (name: unknown) => Promise<Place>

export function createFindPlace(deps: {
  namespaces: Pick<Namespaces, 'find'>
  signingKeys: Pick<Rings<Key>, 'find'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'find'>
  now: () => number
}): FindPlace {
  const { namespaces, signingKeys, encryptionKeys, now } = deps
  return async (name) => {
    if (typeof name !== 'string' || name === '')
      throw new HttpError(400, `namespace: ${namespaceRule}`)
    const namespace = await namespaces.find(name).catch(absentIfDamaged)
    if (namespace === undefined) throw noSuchNamespace()
    const [keys, encryption] = await Promise.all([
      signingKeys.find(namespace, now()).catch(absentIfDamaged),
      encryptionKeys.find(namespace, now()).catch(absentIfDamaged),
    ])
    if (keys === undefined || encryption === undefined) throw noSuchNamespace() // it is being removed
    return { namespace, keys, encryption }
  }
}

export const noSuchNamespace = () => new HttpError(404, 'namespace: there is none of this name')

/**
 * Lets users of this namespace get tokens.
 * @throws HttpError 403 where that is switched off
 */
export function requireOpen({ isOpen }: Namespace): void {
  if (!isOpen) throw new HttpError(403, 'namespace: no tokens for users are given here')
}
