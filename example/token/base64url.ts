/**
 * Reads base64url without padding (RFC 7515 §2). Buffer forgives spaces, padding and the
 * other alphabet, and ignores unused low bits, so only text that it would write the same way counts.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return text !== '' && bytes.toString('base64url') === text ? bytes : undefined
}
