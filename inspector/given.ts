import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { type Algorithm, algorithms, isAlgorithm } from '../example/token/algorithms.ts'
import { decodeBase64url } from '../example/token/base64url.ts'
import { type Key, publicKey } from '../example/token/key.ts'
import type { JsonObject } from '../example/token/types.ts'
import { Problem } from './problem.ts'

/** What a person gave to verify with. It allows its own algorithms, whatever a token says. */
export interface Given {
  /** In words, never the key itself. */
  readonly what: string
  /** Of a key that was chosen by hand: the same one, bound to each of its algorithms. */
  readonly keys: readonly Key[]
  readonly byHand: boolean
  readonly notes: readonly string[]
  /** Why it must not verify anything. */
  readonly unfit?: string
}

/** What a key is called that has no name of its own. */
export const unnamed = 'you gave'

/** Everything that these keys allow, each once. */
export function algorithmsOf({ keys }: Given): readonly Algorithm[] {
  return [...new Set(keys.map(({ alg }) => alg))]
}

/** Every algorithm that fits a key: its type decides, and its curve (RFC 8725 §3.1). */
export function algorithmsFor(key: KeyObject): Algorithm[] {
  const type = key.type === 'secret' ? 'secret' : key.asymmetricKeyType
  const curve = key.asymmetricKeyDetails?.namedCurve
  return Object.keys(algorithms)
    .filter(isAlgorithm)
    .filter((alg) => {
      const wanted = algorithms[alg]
      return wanted.keyType === type && (wanted.keyType !== 'ec' || wanted.curve === curve)
    })
}

/** Lets the rules for keys speak for themselves: what they say of a key never quotes it. */
export function refuseAsProblem<Made>(make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    throw error instanceof TypeError ? new Problem(error.message) : error
  }
}

/** Binds a key to one algorithm. A short secret will do for looking; a weak key pair is a Problem. */
export function bind(key: KeyObject, alg: Algorithm, kid: string): Key {
  if (key.type === 'secret') return { kid, alg, use: 'sig', verifyingKey: key }
  return refuseAsProblem(() => publicKey({ kid, alg, publicKey: key }))
}

/** One JWK (RFC 7517 §4): a secret when its kty is oct, or else a public key. */
export function readJwk(jwk: JsonObject): KeyObject {
  if (jwk.kty !== 'oct') return publicHalf(jwk)
  const bytes = typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : undefined
  if (bytes !== undefined) return createSecretKey(bytes)
  throw new Problem('Cannot use the key: the k of a JWK is not base64url (RFC 7518 §6.4.1)')
}

/** Of a key in PEM or a JWK, private or not. Node's own words are never repeated: they may quote it. */
export function publicHalf(text: string | JsonObject): KeyObject {
  try {
    return createPublicKey(typeof text === 'string' ? text : { key: text, format: 'jwk' })
  } catch {
    throw new Problem(
      'Cannot use the key: it is damaged, encrypted, or of a kind that Node does not know',
    )
  }
}
