import { type KeyObject, verify } from 'node:crypto'
import { compactVerify } from 'jose'
import jwt from 'jsonwebtoken'
import type { Check } from './types.ts'

/** Did a holder of the key write exactly these bytes? Nothing reads a claim before this has passed. */
export const signatureCheck: Check = {
  id: 'signature',
  rfc: 'RFC 7515 §5.2, RFC 7518 §3',
  promise: 'The signature over header and payload was made with our key',
  attack: 'Anybody writes any claims: another name, another role, a later expiry',
  needs: ['header', 'algorithm', 'critical', 'key'],
  input: ({ key }) => `${key?.alg} with the key ${key?.kid}`,
  async refuse({ token, segments, key }) {
    if (segments[2] === '') return 'it has no signature'
    if (key === undefined) return 'there is no key to verify it with'
    const { alg, verifyingKey } = key
    if (alg === 'EdDSA')
      return holdsEd25519(token, verifyingKey) ? undefined : 'its signature does not hold'
    if (!holdsForJsonwebtoken(token, alg, verifyingKey))
      await compactVerify(token, verifyingKey, { algorithms: [alg] })
    return undefined
  },
}

/** What jsonwebtoken lacks (RFC 8037 §3.1). */
function holdsEd25519(token: string, key: KeyObject): boolean {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return verify(null, Buffer.from(token.slice(0, end)), key, signature)
}

/** Throws at a wrong signature. `false`: it could not tell, as where a typ JWT has claims that are no object. */
function holdsForJsonwebtoken(token: string, alg: jwt.Algorithm, key: KeyObject): boolean {
  try {
    // The claims are judged by our own checks, with the time as an argument: here only the signature.
    jwt.verify(token, key, { algorithms: [alg], ignoreExpiration: true, ignoreNotBefore: true })
    return true
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) throw error
    return false
  }
}
