import { HttpError } from '../http/errors.ts'
import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import type { Namespace } from './namespace.ts'
import type { Rings } from './rings.ts'

/**
 * Lets the next keys of a namespace take the place of the current ones. Those who ask while that is under way get the same
 * rotation: a hundred at once would make a hundred RSA keys, and nobody else had a turn.
 * @throws HttpError 409 when they were rotated too often
 */
export type RotateKeys = (namespace: Namespace) => Promise<void>

export function createRotateKeys(deps: {
  signingKeys: Pick<Rings<Key>, 'rotate'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'rotate'>
  now: () => number
}): RotateKeys {
  const { signingKeys, encryptionKeys, now } = deps
  const underWay = new Map<string, Promise<void>>()

  async function rotate(namespace: Namespace): Promise<void> {
    const rotated =
      (await signingKeys.rotate(namespace, now())) &&
      (await encryptionKeys.rotate(namespace, now()))
    if (rotated === undefined)
      throw new HttpError(409, 'Cannot rotate the keys again: too many old ones are still needed')
  }

  return async (namespace) => {
    const { nsId } = namespace
    const rotating =
      underWay.get(nsId) ?? rotate(namespace).finally(() => void underWay.delete(nsId))
    underWay.set(nsId, rotating)
    await rotating
  }
}
