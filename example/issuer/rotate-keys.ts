import { HttpError } from '../http/errors.ts'
import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import type { Namespace } from './namespace.ts'
import type { Rings } from './rings.ts'

/**
 * Lets the next keys of a namespace take the place of the current ones.
 * @throws HttpError 409 when they were rotated too often
 */
export type RotateKeys = (namespace: Namespace) => Promise<void>

export function createRotateKeys(deps: {
  signingKeys: Pick<Rings<Key>, 'rotate'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'rotate'>
  now: () => number
}): RotateKeys {
  const { signingKeys, encryptionKeys, now } = deps
  return async (namespace) => {
    const rotated =
      (await signingKeys.rotate(namespace, now())) &&
      (await encryptionKeys.rotate(namespace, now()))
    if (rotated === undefined)
      throw new HttpError(409, 'Cannot rotate the keys again: too many old ones are still needed')
  }
}
