import { CompactEncrypt, compactDecrypt } from 'jose'
import { decodeBase64url } from './base64url.ts'
import type { ContentEncryption } from './encryption-algorithms.ts'
import type { EncryptionKey, EncryptionKeySet } from './encryption-key.ts'
import { TokenError } from './errors.ts'
import { parseJsonObject } from './json.ts'
import type { JsonObject } from './types.ts'

/** What is decrypted at all: decided before any token arrives. */
export interface DecryptPolicy {
  readonly contentEncryptions: readonly ContentEncryption[]
  /** The longest token that is looked at, in characters. */
  readonly maxLength: number
}

/** Encrypts a signed token, so that only the holder of the private key can read it (RFC 7519 §5.2). */
export async function encrypt(
  jws: string,
  { key, enc }: { key: EncryptionKey; enc: ContentEncryption },
): Promise<string> {
  return await new CompactEncrypt(Buffer.from(jws))
    .setProtectedHeader({ alg: key.alg, enc, kid: key.kid, cty: 'JWT' })
    .encrypt(key.encryptingKey)
}

/**
 * Opens an encrypted token and gives what `verify` says of the signed one inside (RFC 7519 §7.2). Everybody has the
 * public key, so what could be decrypted may be anybody's: nothing of it comes out but by way of `verify`.
 */
export async function openNested<Proven>(
  jwe: string,
  { keys, ...policy }: DecryptPolicy & { keys: EncryptionKeySet },
  verify: (jws: string) => Promise<Proven>,
): Promise<Proven> {
  const keyOf = ({ cty, kid }: JsonObject) =>
    cty === 'JWT' && typeof kid === 'string' ? keys.get(kid) : undefined
  return await verify((await decrypt(jwe, keyOf, policy)).toString())
}

/** The layer below: the bytes that somebody has encrypted for this key. `kid` and `cty` are not asked (RFC 7516 §5.2). */
export async function decryptJwe(
  jwe: string,
  key: EncryptionKey,
  policy: DecryptPolicy,
): Promise<Buffer> {
  return await decrypt(jwe, () => key, policy)
}

/** One refusal for all reasons: an attacker who could tell them apart would learn from each try (RFC 7516 §11.5). */
async function decrypt(
  jwe: string,
  keyOf: (header: JsonObject) => EncryptionKey | undefined,
  { contentEncryptions, maxLength }: DecryptPolicy,
): Promise<Buffer> {
  try {
    const key = keyOf(readHeader(jwe, maxLength))
    if (key === undefined) throw new TypeError('It is not a signed token for a key of ours')
    const { plaintext } = await compactDecrypt(jwe, key.decryptingKey, {
      keyManagementAlgorithms: [key.alg], // the key decides, as ever
      contentEncryptionAlgorithms: [...contentEncryptions],
    })
    return Buffer.from(plaintext)
  } catch (cause) {
    throw new TokenError('encryption', 'it cannot be decrypted', { cause })
  }
}

/** What we write, and what key agreement needs (RFC 7518 §4.6.1). So neither `zip` nor `crit`, `p2c` or a key that it brings. */
const known = new Set(['alg', 'enc', 'kid', 'cty', 'typ', 'epk', 'apu', 'apv'])

/** Only of a token that is short, and has five parts in their one right spelling (RFC 7516 §7.1). */
function readHeader(jwe: string, maxLength: number): JsonObject {
  if (typeof jwe !== 'string' || jwe.length > maxLength) throw new TypeError('It is too long')
  const parts = jwe.split('.', 6)
  // ECDH-ES agrees on the key itself, and has none to send: its second part is empty.
  const decoded = parts.map((part, n) => (part === '' && n === 1 ? part : decodeBase64url(part)))
  const [first] = decoded
  if (parts.length !== 5 || decoded.includes(undefined) || !Buffer.isBuffer(first))
    throw new TypeError('It is not five parts of strict base64url')
  const header = parseJsonObject(first)
  if (header === undefined || Object.keys(header).some((name) => !known.has(name)))
    throw new TypeError('Its header says what it may not')
  return header
}
