import type { KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'

/** A name that everybody computes alike from the public key itself (RFC 7638 §3). */
export async function thumbprint(publicKey: KeyObject): Promise<string> {
  // Of a secret it would be a hash, with which guesses can be checked (RFC 7638 §7).
  if (publicKey.type !== 'public')
    throw new TypeError('Cannot make a thumbprint: the key is not public')
  return await calculateJwkThumbprint(publicKey)
}
