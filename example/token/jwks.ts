import type { Algorithm } from './algorithms.ts'
import type { EncryptionKey } from './encryption-key.ts'
import { isJsonObject } from './json.ts'
import { isFor } from './jwk.ts'
import { type Key, type KeySet, keySet, publicKey } from './key.ts'
import type { JsonObject } from './types.ts'

/** What others may know of a key (RFC 7517 §4): its public half, its name and what it is for. */
export function publicJwk(key: Key | EncryptionKey): JsonObject {
  const half = key.use === 'sig' ? key.verifyingKey : key.encryptingKey
  if (half.type !== 'public') throw new TypeError('Cannot publish the key: it is a secret')
  return { ...half.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: key.use }
}

/** Keys as they are published, for everybody who verifies (RFC 7517 §5). */
export function jwkSet(keys: Iterable<Key | EncryptionKey>): { keys: JsonObject[] } {
  return { keys: [...keys].map(publicJwk) }
}

/** More than anybody needs, and few enough to read without harm. */
const mostKeys = 100
const keyTypes: readonly unknown[] = ['RSA', 'EC', 'OKP']
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * The keys of a published set that verify tokens of these algorithms. Keys for something else are ignored
 * (RFC 7517 §5); a set that could be confused, or that lets others sign, is refused as a whole.
 */
export function readJwkSet(
  json: unknown,
  { algorithms }: { algorithms: readonly Algorithm[] },
): KeySet {
  const members = isJsonObject(json) ? json.keys : undefined
  if (!Array.isArray(members) || !members.every(isJsonObject)) throw refused('it is not a JWK Set')
  if (members.length > mostKeys) throw refused(`it has more than ${mostKeys} keys`)
  if (members.some(signs)) throw refused('it holds a secret or a private key')
  const used = members.filter((jwk) => keyTypes.includes(jwk.kty) && isFor(jwk, 'verify'))
  const keys = used.flatMap((jwk) => {
    const { kid, alg } = jwk
    if (typeof kid !== 'string')
      throw refused('one of its keys has no kid, by which tokens name it')
    // Without it, tokens would choose (RFC 8725 §3.1).
    if (typeof alg !== 'string') throw refused('one of its keys has no alg')
    const accepted = algorithms.find((each) => each === alg)
    return accepted === undefined ? [] : [publicKey({ kid, alg: accepted, publicKey: jwk })]
  })
  if (keys.length === 0) throw refused('it holds no key for an algorithm that is accepted here')
  return keySet(...keys)
}

function signs(jwk: JsonObject): boolean {
  return jwk.kty === 'oct' || privateMembers.some((name) => Object.hasOwn(jwk, name))
}

function refused(reason: string): TypeError {
  return new TypeError(`Cannot use the key set: ${reason}`)
}
