import { decodeBase64url } from './base64url.ts'
import { parseJsonObject } from './json.ts'
import type { JsonObject } from './types.ts'

/** A token taken apart. Each part is absent where it cannot be read. */
export interface Decoded {
  readonly segments: readonly string[]
  readonly header: JsonObject | undefined
  readonly claims: JsonObject | undefined
}

/** Takes a token apart to look at it. This proves nothing: anybody can write these bytes. */
export function decode(token: string): Decoded {
  const segments = token.split('.', 4)
  const [header, claims] = segments.map((segment) => {
    const bytes = decodeBase64url(segment)
    return bytes && parseJsonObject(bytes)
  })
  return { segments, header, claims }
}
