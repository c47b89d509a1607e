import { HttpError } from '../http/errors.ts'
import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import { type Namespaces, namespaceRule } from './namespace.ts'
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
    const namespace = await namespaces.find(name)
    if (namespace === undefined) throw unknown()
    const [keys, encryption] = await Promise.all([
      signingKeys.find(namespace, now()),
      encryptionKeys.find(namespace, now()),
    ])
    if (keys === undefined || encryption === undefined) throw unknown() // it is being removed
    return { namespace, keys, encryption }
  }
}

const unknown = () => new HttpError(404, 'namespace: there is none of this name')
