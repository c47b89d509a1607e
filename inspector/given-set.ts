import { isAlgorithm } from '../example/token/algorithms.ts'
import { isFor } from '../example/token/jwk.ts'
import { type Key, keySet, secretKey } from '../example/token/key.ts'
import type { JsonObject } from '../example/token/types.ts'
import { algorithmsFor, bind, type Given, readJwk, refuseAsProblem } from './given.ts'
import { Problem } from './problem.ts'

/** The keys of a set (RFC 7517 §5). One that could be confused is refused as a whole. */
export function givenSet(members: readonly JsonObject[]): Given {
  const used = members.filter(isForUs)
  if (used.length === 0)
    throw new Problem('Cannot use the set: it holds no key for an algorithm that is known here')
  const keys = [...refuseAsProblem(() => keySet(...used.map(keyOf))).values()]
  const passedOver = members.length - used.length
  const signs = used.some((jwk) => jwk.kty === 'oct' || Object.hasOwn(jwk, 'd'))
  return {
    what: keys.length === 1 ? 'the key of the set' : `the ${keys.length} keys of the set`,
    keys,
    byHand: false,
    notes: [
      ...(passedOver > 0 ? [`Keys of the set that are not used here: ${passedOver}.`] : []),
      ...(signs ? [published] : []),
    ],
  }
}

const published =
  'The set holds secrets or private keys: whoever reads it can sign. Publish only the public halves.'

/** Keys that do not verify, and kinds and curves that the reader does not know, are ignored (RFC 7517 §5). */
function isForUs(jwk: JsonObject): boolean {
  if (!isFor(jwk, 'verify') || (jwk.alg !== undefined && !isAlgorithm(jwk.alg))) return false
  return algorithmsFor(readJwk(jwk)).length > 0
}

function keyOf(jwk: JsonObject): Key {
  const { alg, kid } = jwk
  if (!isAlgorithm(alg) || typeof kid !== 'string')
    throw new Problem(
      'Cannot use the set: one of its keys has no kid, by which tokens name it, or no alg, which tokens would choose then (RFC 8725 §3.1). Give that one alone',
    )
  const key = readJwk(jwk)
  return key.type === 'secret' ? secretKey({ kid, alg, secret: key.export() }) : bind(key, alg, kid)
}
