import { HttpError } from '../../../http/errors.ts'
import type { EncryptionKey } from '../../../token/encryption-key.ts'
import type { Key } from '../../../token/key.ts'
import type { Audit } from '../../audit.ts'
import { describeKeys } from '../../describe-keys.ts'
import type { FindPlace } from '../../find-place.ts'
import { textOf } from '../../read-json.ts'
import type { NamespaceWork } from '../../require-administrator.ts'
import type { Rings } from '../../rings.ts'
import type { RotateKeys } from '../../rotate-keys.ts'
import type { Place } from '../../tokens.ts'

/** The names of all keys of a namespace, in the order in which they are used: the one that signs, the next, the retired. */
function describe(place: Place, now: number): object {
  const signing = [...place.keys.all.keys()]
  const encryption = [...place.encryption.all.keys()]
  return { ...describeKeys(place, now), signing_kids: signing, encryption_kids: encryption }
}

/** `POST /admin/keys/all` */
export function allKeys({ now }: { now: () => number }): NamespaceWork<never> {
  return async (place) => describe(place, now())
}

/** `POST /admin/keys/rotate`: the next keys sign and encrypt from now on. Live tokens stay good. */
export function rotateKeys(deps: {
  rotateKeys: RotateKeys
  findPlace: FindPlace
  now: () => number
}): NamespaceWork<never> {
  return async ({ namespace }, _fields, by) => {
    await deps.rotateKeys(namespace, by.id)
    return describe(await deps.findPlace(namespace.name), deps.now())
  }
}

/** `POST /admin/keys/drop`: for a key that may be in other hands: whatever was made with it is refused from now on. */
export function dropKey(deps: {
  signingKeys: Pick<Rings<Key>, 'drop'>
  encryptionKeys: Pick<Rings<EncryptionKey>, 'drop'>
  findPlace: FindPlace
  audit: Audit
  now: () => number
}): NamespaceWork<'kid'> {
  const { signingKeys, encryptionKeys, findPlace, audit, now } = deps
  return async ({ namespace }, fields, by) => {
    const kid = textOf(fields, 'kid')
    const dropped =
      (await signingKeys.drop(namespace, kid, now())) ??
      (await encryptionKeys.drop(namespace, kid, now()))
    if (dropped === undefined) throw new HttpError(404, 'kid: there is no key of this name')
    audit('key dropped', { namespace: namespace.name, by: by.id, kid })
    return describe(await findPlace(namespace.name), now())
  }
}

/** `POST /admin/keys/secret`: the secret of a namespace that signs with one, for an application that verifies by itself. */
export function showSecret({ audit }: { audit: Audit }): NamespaceWork<never> {
  return async ({ namespace: { name, alg }, keys: { current } }, _fields, by) => {
    if (current.verifyingKey.type !== 'secret')
      throw new HttpError(422, `namespace: ${alg} has no secret: its public keys are enough`)
    audit('secret shown', { namespace: name, by: by.id })
    const secret = current.verifyingKey.export().toString('base64url')
    return { alg, kid: current.kid, secret, encoding: 'base64url' }
  }
}
