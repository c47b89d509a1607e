import { isJsonObject, parseJsonObject } from '../example/token/json.ts'
import { isFor } from '../example/token/jwk.ts'
import { type Key, keySet } from '../example/token/key.ts'
import type { JsonObject } from '../example/token/types.ts'
import {
  algorithmsFor,
  bind,
  type Given,
  isAlgorithm,
  type Material,
  readJwk,
  tooShort,
  unnamed,
} from './given.ts'
import { Problem } from './problem.ts'

/** The key set of `--jwks` (RFC 7517 §5). One that could be confused is refused as a whole. */
export function givenSet(text: string): Given {
  const members = membersOf(parseJsonObject(Buffer.from(text)))
  const forUs = members
    .filter(isForUs)
    .map((jwk) => ({ jwk, ...readJwk(jwk, '--jwks') }))
    .filter(({ key }) => algorithmsFor(key).length > 0)
  const keys = forUs.map(keyOf)
  if (keys.length === 0)
    throw new Problem('Cannot use --jwks: it holds no key for an algorithm that is known here')
  refuseConfusion(keys)
  const passedOver = members.length - keys.length
  return {
    what: keys.length === 1 ? 'the key of the set' : `the ${keys.length} keys of the set`,
    keys,
    byHand: false,
    notes: [
      ...(passedOver > 0 ? [`Keys of the set that are not used here: ${passedOver}.`] : []),
      ...(forUs.some(({ signs }) => signs) ? [published] : []),
      ...saySecrets(keys.map(tooShort).filter((short) => short !== undefined)),
    ],
  }
}

function saySecrets([short, ...others]: readonly string[]): string[] {
  if (short === undefined) return []
  const what =
    others.length === 0
      ? 'A secret of the set is too short'
      : `${others.length + 1} secrets of the set are too short, the first of them`
  return [`${what}: ${short}. Whoever guesses it makes tokens at will.`]
}

const published =
  'The set holds secrets or private keys: whoever reads it can sign. Publish only the public halves.'

function membersOf(set: JsonObject | undefined): JsonObject[] {
  if (Array.isArray(set?.keys)) return set.keys.filter(isJsonObject)
  throw new Problem(
    set !== undefined && Object.hasOwn(set, 'kty')
      ? 'Cannot use --jwks: it is one key, not a set. Give it as --key FILE'
      : 'Cannot use --jwks: it is not a key set, a JSON object with the member keys (RFC 7517 §5)',
  )
}

/** Keys that do not verify, and kinds and curves that the reader does not know, are ignored (RFC 7517 §5). */
function isForUs(jwk: JsonObject): boolean {
  return isFor(jwk, 'verify') && (jwk.alg === undefined || isAlgorithm(jwk.alg))
}

function keyOf({ jwk: { alg, kid }, key }: Material & { jwk: JsonObject }): Key {
  if (!isAlgorithm(alg))
    throw new Problem(
      'Cannot use --jwks: one of its keys has no alg, so that tokens would choose it (RFC 8725 §3.1)',
    )
  if (!algorithmsFor(key).includes(alg))
    throw new Problem(`Cannot use --jwks: one of its keys is not of the type that ${alg} needs`)
  return bind(key, alg, typeof kid === 'string' ? kid : unnamed)
}

/** One name twice, or secrets among public keys: keySet() knows, and wants a name for each. */
function refuseConfusion(keys: readonly Key[]): void {
  // Longer than any name in the set, so it cannot be one of them.
  const longer = keys.map(({ kid }) => kid).join('')
  const nameOf = ({ kid }: Key, place: number) => (kid === unnamed ? `${longer}#${place}` : kid)
  try {
    keySet(...keys.map((key, place) => ({ ...key, kid: nameOf(key, place) })))
  } catch (error) {
    throw new Problem(error instanceof TypeError ? error.message : 'Cannot use the keys')
  }
}
