import { HttpError } from '../../http/errors.ts'
import type { Handler } from '../../http/types.ts'
import { answer } from '../answer.ts'
import type { FindPlace } from '../find-place.ts'
import { readJson } from '../read-json.ts'

/**
 * `POST /token/public`: the public key that signs now, as PEM or as the bytes of its SPKI in `base64` or `hex`: for verifiers
 * that know no JWK Set. They have to ask again when it changes; the set at `/.well-known/jwks.json` has the next one, too.
 */
export function publicKeyHandler(deps: { findPlace: FindPlace; maxBodyBytes: number }): Handler {
  return async (req, res) => {
    const fields = await readJson(req, ['namespace', 'encoding_form'], deps.maxBodyBytes)
    const { encoding_form: form = 'pem' } = fields
    const { namespace, keys } = await deps.findPlace(fields.namespace)
    const { kid, alg, verifyingKey } = keys.current
    if (verifyingKey.type !== 'public') throw noPublicKey(namespace.alg)
    const key =
      form === 'pem'
        ? verifyingKey.export({ type: 'spki', format: 'pem' })
        : form === 'base64' || form === 'hex'
          ? verifyingKey.export({ type: 'spki', format: 'der' }).toString(form)
          : undefined
    if (key === undefined) throw new HttpError(400, 'encoding_form: must be pem, base64 or hex')
    answer(res, { alg, kid, key })
  }
}

export const noPublicKey = (alg: string) =>
  new HttpError(404, `There is no public key: ${alg} signs with a secret`)
