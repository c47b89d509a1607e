import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { RecordDamaged } from './errors.ts'
import { keyText } from './key.ts'
import type { RecordKey } from './types.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** Encrypts a text for one place alone: the key of its record is authenticated with it (NIST SP 800-38D). */
export function seal(secret: KeyObject, place: RecordKey, text: string): string {
  const nonce = randomBytes(nonceLength) // two alike would tell both texts, so it is drawn anew for each
  const cipher = createCipheriv(algorithm, secret, nonce).setAAD(Buffer.from(keyText(place)))
  const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64url')
}

/** What was sealed for this place; throws RecordDamaged at anything else. */
export function unseal(secret: KeyObject, place: RecordKey, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  // Buffer forgives other spellings, and what is not as it was written is damaged.
  if (bytes.length < nonceLength + tagLength || bytes.toString('base64url') !== sealed)
    throw new RecordDamaged()
  const decipher = createDecipheriv(algorithm, secret, bytes.subarray(0, nonceLength))
    .setAAD(Buffer.from(keyText(place)))
    .setAuthTag(bytes.subarray(-tagLength))
  try {
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength))
    return Buffer.concat([text, decipher.final()]).toString()
  } catch {
    throw new RecordDamaged()
  }
}
