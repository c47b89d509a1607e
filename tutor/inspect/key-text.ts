import { createPublicKey } from 'node:crypto'
import { parseJsonObject } from '../../example/token/json.ts'

/** Is this text a key, whole or damaged? As a secret it would make a MAC that proves nothing. */
export function kindOfKeyText(text: string): 'public' | 'private' | 'jwk' | undefined {
  if (text.includes('PRIVATE KEY')) return 'private'
  if (text.includes('-----BEGIN') || isPublicDer(text)) return 'public'
  const { kty, d } = parseJsonObject(Buffer.from(text)) ?? {}
  if (typeof kty !== 'string') return undefined
  if (kty === 'oct') return 'jwk'
  return d === undefined ? 'public' : 'private'
}

/** A PEM that lost its first and last line. */
function isPublicDer(text: string): boolean {
  const key = Buffer.from(text, 'base64')
  return (['spki', 'pkcs1'] as const).some((type) => {
    try {
      createPublicKey({ key, format: 'der', type })
      return true
    } catch {
      return false
    }
  })
}
