import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'
import { segment } from '../../support/fixtures.ts'

/**
 * Encrypts anything for an RSA key under any header, by hand: a library would refuse half of what tests need. What
 * the header says and what is done may differ.
 */
export function forgeJwe(
  publicKey: KeyObject,
  header: Record<string, unknown> | string,
  plaintext: string | Buffer,
  { oaepHash = 'sha256', padding = constants.RSA_PKCS1_OAEP_PADDING, nonceLength = 12 } = {},
): string {
  const [contentKey, nonce] = [randomBytes(32), randomBytes(nonceLength)]
  const encryptedKey = publicEncrypt({ key: publicKey, oaepHash, padding }, contentKey)
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce)
  cipher.setAAD(Buffer.from(segment(header)))
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return [header, encryptedKey, nonce, ciphertext, cipher.getAuthTag()].map(segment).join('.')
}
