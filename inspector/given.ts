import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { type Algorithm, algorithms } from '../example/token/algorithms.ts'
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

/** The name of a key that has none. */
export const unnamed = ''

/** Everything that these keys allow, each once. */
export function algorithmsOf({ keys }: Given): readonly Algorithm[] {
  return [...new Set(keys.map(({ alg }) => alg))]
}

/** Every algorithm that fits a key: its type decides, and its curve (RFC 8725 §3.1). */
export function algorithmsFor(key: KeyObject): Algorithm[] {
  const type = key.type === 'secret' ? 'secret' : key.asymmetricKeyType
  const curve = key.asymmetricKeyDetails?.namedCurve
  return names.filter((alg) => {
    const wanted = algorithms[alg]
    return wanted.keyType === type && (wanted.keyType !== 'ec' || wanted.curve === curve)
  })
}

const names = Object.keys(algorithms).filter(isAlgorithm)

export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(algorithms, name)
}

/** How much shorter a secret is than its algorithm wants; `undefined` when it is long enough. */
export function tooShort({ alg, verifyingKey }: Key): string | undefined {
  const wanted = algorithms[alg]
  const bytes = verifyingKey.symmetricKeySize ?? 0
  if (wanted.keyType !== 'secret' || bytes >= wanted.minimumBytes) return undefined
  const unit = bytes === 1 ? 'byte' : 'bytes'
  return `${bytes} ${unit}, and ${alg} needs ${wanted.minimumBytes} (RFC 7518 §3.2)`
}

/** Binds a key to one algorithm. A short secret will do for looking; a weak key pair is a Problem. */
export function bind(key: KeyObject, alg: Algorithm, kid: string): Key {
  if (key.type === 'secret') return { kid, alg, use: 'sig', verifyingKey: key }
  try {
    return publicKey({ kid, alg, publicKey: key })
  } catch (error) {
    throw new Problem(error instanceof TypeError ? error.message : 'Cannot use the key')
  }
}

/** A key that verifies, read from the text of a key. */
export interface Material {
  readonly key: KeyObject
  /** Whoever has the text can sign with it. */
  readonly signs: boolean
}

/** PEM of a public key, a certificate or a private key, of which only the public half is kept. */
export function readPem(pem: string, option: string): Material {
  if (pem.includes('ENCRYPTED'))
    throw new Problem(`Cannot use ${option}: the key is encrypted. Give its public half`)
  return { key: publicHalf(pem, option), signs: pem.includes('PRIVATE KEY') }
}

/** One JWK (RFC 7517 §4): a secret when its kty is oct, or else a public key. */
export function readJwk(jwk: JsonObject, option: string): Material {
  if (jwk.kty !== 'oct') return { key: publicHalf(jwk, option), signs: Object.hasOwn(jwk, 'd') }
  const bytes = typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : undefined
  if (bytes === undefined)
    throw new Problem(`Cannot use ${option}: the k of a JWK is not base64url (RFC 7518 §6.4.1)`)
  return { key: createSecretKey(bytes), signs: true }
}

/** Node's own words about a key are never repeated: they may quote it. */
function publicHalf(text: string | JsonObject, option: string): KeyObject {
  try {
    return createPublicKey(typeof text === 'string' ? text : { key: text, format: 'jwk' })
  } catch {
    throw new Problem(
      `Cannot use ${option}: a key is damaged, or of a kind that Node does not know`,
    )
  }
}
