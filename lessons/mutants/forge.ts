import { createHmac } from 'node:crypto'
import { newSecret } from '../../example/server/secret.ts'
import { decode } from '../../example/token/decode.ts'
import type { JsonObject } from '../../example/token/types.ts'
import type { Headers } from './types.ts'

/** The secret of every server under test: the tests know it. */
export const secret = newSecret()

/** The header that carries a token. */
export function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` }
}

/**
 * The same token with other words in it, signed again: with the secret of the server unless you give
 * another. With `alg: 'none'` there is no signature at all (RFC 7519 §6).
 */
export function forge(
  token: string,
  changes: { header?: JsonObject; claims?: JsonObject; secret?: string } = {},
): string {
  const { header, claims } = decode(token)
  const newHeader: JsonObject = { ...header, ...changes.header }
  const signingInput = `${segment(newHeader)}.${segment({ ...claims, ...changes.claims })}`
  if (newHeader.alg === 'none') return `${signingInput}.`
  const mac = createHmac('sha256', changes.secret ?? secret).update(signingInput)
  return `${signingInput}.${mac.digest('base64url')}`
}

/** One part of a token that is written by hand. */
export function segment(content: JsonObject): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}
