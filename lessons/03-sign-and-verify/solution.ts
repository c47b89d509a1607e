import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseJsonObject } from '../../example/token/json.ts'
import type { JsonObject } from '../../example/token/types.ts'

export const firstStep: 'none' | 'one' | 'about half' | undefined = 'about half'

/** Writes the claims into a token and signs it with HS256. */
export function sign(claims: JsonObject, secret: Uint8Array): string {
  const signingInput = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signingInput}.${macOf(signingInput, secret).toString('base64url')}`
}

/** Returns the claims of a token that was signed with the secret; throws for any other string. */
export function verify(token: string, secret: Uint8Array): JsonObject {
  const parts = token.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) throw new Error('Cannot accept the token: it does not have three parts')
  // The header is only compared with what we chose: it never chooses (RFC 8725 §3.1).
  if (decode(header)?.alg !== 'HS256')
    throw new Error('Cannot accept the token: its algorithm is not HS256')
  if (!same(Buffer.from(signature, 'base64url'), macOf(`${header}.${payload}`, secret)))
    throw new Error('Cannot accept the token: the signature does not fit')
  const claims = decode(payload)
  if (claims === undefined)
    throw new Error('Cannot accept the token: its payload is not a JSON object')
  return claims
}

/** HMAC with SHA-256 over the characters as they are, not over what they mean (RFC 7515 §5.1). */
function macOf(signingInput: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(signingInput).digest()
}

/** A length is not secret: an HS256 signature has 32 bytes. timingSafeEqual throws if lengths differ. */
function same(sent: Buffer, computed: Buffer): boolean {
  return sent.length === computed.length && timingSafeEqual(sent, computed)
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): JsonObject | undefined {
  return parseJsonObject(Buffer.from(part, 'base64url'))
}
