import type { KeyObject } from 'node:crypto'
import { isJsonObject, parseJsonObject } from '../example/token/json.ts'
import { isFor } from '../example/token/jwk.ts'
import type { JsonObject } from '../example/token/types.ts'
import { algorithmsFor, bind, type Given, publicHalf, readJwk, unnamed } from './given.ts'
import { givenSet } from './given-set.ts'
import { Problem } from './problem.ts'

/**
 * What is in the file of `--key`: PEM, a JWK or a key set (RFC 7517). Anything else is refused, never
 * taken for a secret: a damaged public key would become a secret that everybody has.
 */
export function givenKey(text: string): Given {
  if (text.includes('-----BEGIN')) return chosen(publicHalf(text), text.includes('PRIVATE KEY'))
  const json = parseJsonObject(Buffer.from(text))
  if (Array.isArray(json?.keys)) return givenSet(json.keys.filter(isJsonObject))
  if (json?.kty === undefined)
    throw new Problem(
      'Cannot use the key: the file holds neither PEM nor a JWK nor a key set. If it holds a secret, give it as --secret-file FILE',
    )
  // What signs can be a private key, and its public half verifies.
  if (!isFor(json, 'verify', 'sign'))
    throw new Problem(
      'Cannot use the key: its JWK says that it is not for signatures (RFC 7517 §4.2, §4.3)',
    )
  return chosen(readJwk(json), Object.hasOwn(json, 'd'), json)
}

/** A key that a person chose, for each algorithm that it fits. */
function chosen(key: KeyObject, isPrivate: boolean, jwk: JsonObject = {}): Given {
  const kid = typeof jwk.kid === 'string' ? jwk.kid : unnamed
  // A JWK that names its algorithm is for no other (RFC 7517 §4.4).
  const allowed = algorithmsFor(key).filter((alg) => jwk.alg === undefined || jwk.alg === alg)
  if (allowed.length === 0)
    throw new Problem(
      'Cannot use the key: its type, or the alg of its JWK, is for no algorithm that is known here',
    )
  const what = key.type === 'secret' ? 'the secret in the JWK' : 'the key that you gave'
  const notes = isPrivate ? ['You gave a private key: only its public half is used here.'] : []
  return { what, keys: allowed.map((alg) => bind(key, alg, kid)), byHand: true, notes }
}
