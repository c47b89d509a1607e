import { parseJsonObject } from '../example/token/json.ts'
import { isFor } from '../example/token/jwk.ts'
import type { JsonObject } from '../example/token/types.ts'
import {
  algorithmsFor,
  bind,
  type Given,
  isAlgorithm,
  type Material,
  readJwk,
  readPem,
  unnamed,
} from './given.ts'
import { Problem } from './problem.ts'

/**
 * The key of `--key`: PEM or a JWK. A file of anything else is refused, never taken for a secret:
 * a damaged public key would become a secret that everybody has.
 */
export function givenKey(text: string): Given {
  if (text.includes('-----BEGIN')) return given(readPem(text, '--key'))
  const jwk = parseJsonObject(Buffer.from(text))
  if (jwk?.kty !== undefined || jwk?.keys !== undefined) return fromJwk(jwk)
  throw new Problem(
    'Cannot use --key: the file holds neither PEM nor a JWK. If it holds a secret, give it as --secret-file FILE',
  )
}

function fromJwk(jwk: JsonObject): Given {
  if (Array.isArray(jwk.keys))
    throw new Problem('Cannot use --key: it is a key set. Give it as --jwks FILE')
  // What signs can be a private key, and its public half verifies.
  if (!isFor(jwk, 'verify', 'sign'))
    throw new Problem(
      'Cannot use --key: its JWK says that it is not for signatures (RFC 7517 §4.2, §4.3)',
    )
  return given(readJwk(jwk, '--key'), jwk)
}

function given({ key, signs }: Material, { kid, alg: only }: JsonObject = {}): Given {
  const fitting = algorithmsFor(key)
  // A JWK that names its algorithm is for no other (RFC 7517 §4.4).
  const allowed = fitting.filter((alg) => only === undefined || only === alg)
  const type = key.asymmetricKeyType ?? 'oct'
  if (fitting.length === 0)
    throw new Problem(`Cannot use --key: no algorithm here is for a key of type ${type}`)
  if (only !== undefined && !isAlgorithm(only))
    throw new Problem('Cannot use --key: the alg of its JWK is not known here')
  if (allowed.length === 0)
    throw new Problem(`Cannot use --key: the alg of its JWK does not fit a key of type ${type}`)
  const isPrivate = signs && key.type === 'public'
  return {
    what: key.type === 'secret' ? 'the secret in the JWK' : `the ${names[type]} key that you gave`,
    keys: allowed.map((alg) => bind(key, alg, typeof kid === 'string' ? kid : unnamed)),
    byHand: true,
    notes: isPrivate ? ['You gave a private key: only its public half is used here.'] : [],
  }
}

const names: Readonly<Record<string, string>> = { rsa: 'RSA', ec: 'EC', ed25519: 'Ed25519' }
