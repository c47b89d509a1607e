import type { KeyObject } from 'node:crypto'

/** Refuses a key of another type than the algorithm needs, and one that is too weak for anything. */
export function checkStrength(alg: string, keyType: string, key: KeyObject): void {
  if (key.asymmetricKeyType !== keyType)
    throw new TypeError(`Cannot use the key: ${alg} needs a key of type ${keyType}`)
  if (keyType !== 'rsa') return
  // RFC 7518 §3.3 and §4.3 ask for 2048 bits. One exponent, the one that everybody uses, is our own rule.
  const { modulusLength = 0, publicExponent } = { ...key.asymmetricKeyDetails }
  if (modulusLength < 2048)
    throw new TypeError(`Cannot use the key: ${alg} needs 2048 bits or more`)
  if (publicExponent !== 65537n)
    throw new TypeError('Cannot use the key: its exponent is not 65537')
}
