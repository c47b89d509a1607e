import { decodeBase64url } from '../example/token/base64url.ts'
import { parseJsonObject, strictObject } from '../example/token/json.ts'
import { isGoodForTheRfcs } from '../example/token/rfc-json.ts'
import type { JsonObject } from '../example/token/types.ts'
import { writtenMembers } from '../example/token/written.ts'
import type { sayParameter } from './header-meanings.ts'

/** A header parameter or a claim, with its explanation. */
export interface Member extends ReturnType<typeof sayParameter> {
  readonly value: unknown
  /** The value as it is written, which JavaScript may have rounded. */
  readonly written: string
}

/** The header or the payload: as it is written, and what it says, or why it cannot be decoded. */
export interface Part {
  readonly raw: string
  readonly decoded?: JsonObject
  readonly members: readonly Member[]
  readonly problem?: string
}

const respelled =
  'This part is not base64url in its one right spelling (RFC 7515 §2, RFC 4648 §3.5).'
const noObject =
  'This part is not a JSON object in UTF-8 with each name once (RFC 7515 §4, RFC 7519 §4).'
const oursAlone = `This part is JSON that our server refuses and the RFCs do not: it reads ${strictObject}.`

/** Decodes a part as strictly as the server does, and explains its members. */
export function decodePart(raw: string, explain: typeof sayParameter): Part {
  const bytes = raw === '' ? Buffer.alloc(0) : decodeBase64url(raw)
  if (bytes === undefined) return { raw, members: [], problem: respelled }
  const decoded = parseJsonObject(bytes)
  if (decoded === undefined)
    return { raw, members: [], problem: isGoodForTheRfcs(bytes) ? oursAlone : noObject }
  const members = writtenMembers(bytes.toString()).map(([name, written]) => {
    return { ...explain(name, decoded[name]), value: decoded[name], written }
  })
  return { raw, decoded, members }
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
