import { HttpError } from '../http/errors.ts'
import type { EncryptionKey } from '../token/encryption-key.ts'
import type { Key } from '../token/key.ts'
import type { Audit } from './audit.ts'
import type { Namespace } from './namespace.ts'
import type { Rings } from './rings.ts'

/**
 * Lets the next keys of a namespace take the place of the current ones. Those who ask while that is under way get the same
 * rotation: a hundred at once would make a hundred RSA keys, and nobody else had a turn.
 * @throws HttpError 409 when they were rotated too often
 */
export type RotateKeys = (namespace: Namespace, by?: string) => Promise<void>

export function createRotateKeys(deps: {
  signingKeys: Pick<Rings<Key>, 'rotate' | 'isFull'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'rotate' | 'isFull'>
  audit: Audit
  now: () => number
}): RotateKeys {
  const { signingKeys, encryptionKeys, audit, now } = deps
  const underWay = new Map<string, Promise<void>>()

  // Two rings are two records, and two writes. So both are looked at before the first.
  async function rotate(namespace: Namespace, by?: string): Promise<void> {
    const { name } = namespace
    for (const ring of [signingKeys, encryptionKeys])
      if (await ring.isFull(namespace, now())) throw tooOften('')
    if (!(await signingKeys.rotate(namespace, now()))) throw tooOften('')
    audit('keys rotated', { namespace: name, by, use: 'sig' })
    if (!(await encryptionKeys.rotate(namespace, now())))
      throw tooOften('. Those that sign were rotated, those that encrypt were not')
    audit('keys rotated', { namespace: name, by, use: 'enc' })
  }

  return async (namespace, by) => {
    const { nsId } = namespace
    const rotating =
      underWay.get(nsId) ?? rotate(namespace, by).finally(() => void underWay.delete(nsId))
    underWay.set(nsId, rotating)
    await rotating
  }
}

const tooOften = (done: string) =>
  new HttpError(409, `Cannot rotate the keys again: too many old ones are still needed${done}`)
