import { parseJsonObject } from '../../example/token/json.ts'

export const firstStep: 'the server' | 'Mallory' | 'cannot tell' | undefined = 'cannot tell'

/** Writes bytes as base64url, without padding (RFC 7515 §2). */
export function toBase64url(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64')
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads what `toBase64url` writes, and throws an error at anything else. */
export function fromBase64url(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64') // it reads both alphabets, and skips what is in neither
  if (toBase64url(bytes) !== text)
    throw new SyntaxError('Cannot read the string: it is not base64url')
  return bytes
}

/** Takes a token apart to look at it, and throws if it is not one. This proves nothing. */
export function decode(token: string): Decoded {
  const [header, claims, signature, ...rest] = token.split('.').map(fromBase64url)
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0)
    throw new SyntaxError('Cannot read the token: it does not have three parts')
  return { header: parse(header), claims: parse(claims) }
}

interface Decoded {
  header: Record<string, unknown>
  claims: Record<string, unknown>
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  const object = parseJsonObject(bytes)
  if (object === undefined) throw new SyntaxError('Cannot read a part: it is not a JSON object')
  return object
}
