import { decodeBase64url } from '../../example/token/base64url.ts'
import { parseJsonObject } from '../../example/token/json.ts'
import type { JsonObject } from '../../example/token/types.ts'

/** One part of a token: as it stands, and what it says. */
export interface Part {
  readonly raw: string
  readonly decoded?: JsonObject
  /** Why it cannot be decoded. */
  readonly problem?: string
}

/** Decodes the header or the payload, as strictly as the server does. */
export function decodePart(raw: string): Part {
  const bytes = decodeBase64url(raw)
  if (bytes === undefined)
    return { raw, problem: 'This part is not base64url in its one right spelling (RFC 7515 §2).' }
  const decoded = parseJsonObject(bytes)
  return decoded === undefined
    ? { raw, problem: 'This part is no JSON object in UTF-8 with each name once (RFC 7515 §4).' }
    : { raw, decoded }
}

/** What can be said of the third part without a key. */
export function saySignature(raw: string): string {
  if (raw === '') return 'Nothing: this token is unsecured (RFC 7519 §6).'
  const bytes = decodeBase64url(raw)
  if (bytes === undefined)
    return 'This part is not base64url in its one right spelling (RFC 7515 §2).'
  return `${bytes.length} bytes, not text: computed from the first two parts and a key.`
}
