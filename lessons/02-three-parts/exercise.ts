// Make base64url out of base64, and take a token apart with it. No key is needed: that is the point.

export const firstStep: 'the server' | 'Mallory' | 'cannot tell' | undefined = undefined // TODO: first step

/** Writes bytes as base64url, without padding (RFC 7515 §2). */
export function toBase64url(bytes: Uint8Array): string {
  // TODO: this and the next still speak base64. Make three changes here; there, throw an error at
  // every string that this function would not have written.
  return Buffer.from(bytes).toString('base64')
}

/** Reads what `toBase64url` writes, and throws an error at anything else. */
export function fromBase64url(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}

/** Takes a token apart to look at it, and throws if it is not one. This proves nothing. */
export function decode(token: string): Decoded {
  // TODO: the parts are not JSON yet. Decode them, and refuse what is not a token.
  const [header = '', payload = ''] = token.split('.')
  return { header: JSON.parse(header), claims: JSON.parse(payload) }
}

interface Decoded {
  header: Record<string, unknown>
  claims: Record<string, unknown>
}
