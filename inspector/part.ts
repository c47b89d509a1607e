import { decodeBase64url } from '../example/token/base64url.ts'
import { parseJsonObject, strictObject } from '../example/token/json.ts'
import { isGoodForTheRfcs } from '../example/token/rfc-json.ts'
import type { JsonObject } from '../example/token/types.ts'
import { writtenMembers } from '../example/token/written.ts'

/** One part of a token: as it is written, and what it says. */
export interface Part {
  readonly raw: string
  readonly decoded?: JsonObject
  /** Each member as it is written: a number may be more than JavaScript can hold. */
  readonly written?: ReadonlyMap<string, string>
  /** Why it cannot be decoded. */
  readonly problem?: string
}

const respelled =
  'This part is not base64url in its one right spelling (RFC 7515 §2, RFC 4648 §3.5).'

/** Decodes the header or the payload, as strictly as the server does. `rfc` wants the JSON. */
export function decodePart(raw: string, rfc: 'RFC 7515 §4' | 'RFC 7519 §4'): Part {
  if (raw === '') return { raw, problem: `This part is empty, not a JSON object (${rfc}).` }
  const bytes = decodeBase64url(raw)
  if (bytes === undefined) return { raw, problem: respelled }
  const decoded = parseJsonObject(bytes)
  if (decoded !== undefined)
    return { raw, decoded, written: new Map(writtenMembers(bytes.toString())) }
  const problem = isGoodForTheRfcs(bytes)
    ? `This part is JSON that our server refuses and the RFCs do not: it reads ${strictObject}.`
    : `This part is not a JSON object in UTF-8 with each name once (${rfc}).`
  return { raw, problem }
}

/** What can be said of the third part without a key. Only alg none makes a token unsecured. */
export function saySignature(raw: string, alg: unknown): string {
  if (raw === '')
    return alg === 'none'
      ? 'Nothing: this token is unsecured (RFC 7519 §6).'
      : 'Nothing: it has no signature.'
  const bytes = decodeBase64url(raw)
  if (bytes === undefined) return respelled
  return `${bytes.length} bytes, not text: computed from the first two parts and a key.`
}
