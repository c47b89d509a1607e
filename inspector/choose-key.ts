import type { Key, KeySet } from '../example/token/key.ts'
import type { JsonObject } from '../example/token/types.ts'
import { type Given, tooShort, unnamed } from './given.ts'

/** The keys that a token may name with its kid: those that have a name. */
export function nameable({ keys }: Given): KeySet {
  return new Map(keys.filter(({ kid }) => kid !== unnamed).map((key) => [key.kid, key]))
}

/**
 * The key, and who chose it, where the token's kid does not: a person did, or a set leaves no
 * choice (RFC 7515 §4.1.4: kid is a hint, and may be absent). `undefined`: the kid decides.
 */
export function chooseKey(
  header: JsonObject,
  { keys, byHand }: Given,
): { key: Key; because: string } | undefined {
  const [key, ...others] = keys.filter(({ alg }) => alg === header.alg)
  if (key === undefined) return undefined
  if (byHand) return { key: called(key, 'you gave'), because: sayHand(key, header) }
  if (Object.hasOwn(header, 'kid') || others.length > 0) return undefined
  const because = `the token names none, and the set has one for ${key.alg}`
  return { key: called(key, 'of the set'), because }
}

function called(key: Key, name: string): Key {
  return key.kid === unnamed ? { ...key, kid: name } : key
}

function sayHand(key: Key, header: JsonObject): string {
  const { kid } = key
  const short = tooShort(key)
  if (short !== undefined) return `you chose the key: ${short}`
  const differs = kid !== unnamed && header.kid !== undefined && header.kid !== kid
  return differs ? `you chose the key, whose own kid is "${kid}"` : 'you chose the key'
}
