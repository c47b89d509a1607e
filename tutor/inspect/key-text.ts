import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'

export type KeyKind = 'public' | 'private' | 'jwk'

/** Is this text a key, whole or damaged? As a secret it would make a MAC that proves nothing. */
export function kindOfKeyText(text: string): KeyKind | undefined {
  return kindOfText(text) ?? kindOfBytes(Buffer.from(text, 'base64')) ?? kindOfHex(text)
}

function kindOfText(text: string): KeyKind | undefined {
  if (/PRIVATE KEY/.test(text)) return 'private'
  if (/-----BEGIN|PUBLIC KEY|^ssh-/.test(text)) return 'public'
  // JSON, whole or cut off: a key, a list or a set of keys.
  if (!/"(?:kty|keys|n|x)"\s*:/.test(text)) return undefined
  if (/"k"\s*:/.test(text)) return 'jwk'
  return /"d"\s*:/.test(text) ? 'private' : 'public'
}

function kindOfHex(text: string): KeyKind | undefined {
  return /^[0-9a-f\s:]+$/i.test(text)
    ? kindOfBytes(Buffer.from(text.replace(/[\s:]/g, ''), 'hex'))
    : undefined
}

/** What was in base64 or hexadecimal: a PEM, or what a PEM holds between its first and last line. */
function kindOfBytes(bytes: Buffer): KeyKind | undefined {
  const reader = readers.find(([, read]) => isReadBy(read, bytes))
  return reader?.[0] ?? kindOfText(bytes.toString('latin1'))
}

const format = 'der'
const readers: ReadonlyArray<[kind: KeyKind, read: (key: Buffer) => unknown]> = [
  ['private', (key) => createPrivateKey({ key, format, type: 'pkcs8' })],
  ['private', (key) => createPrivateKey({ key, format, type: 'pkcs1' })],
  ['private', (key) => createPrivateKey({ key, format, type: 'sec1' })],
  ['public', (key) => createPublicKey({ key, format, type: 'spki' })],
  ['public', (key) => createPublicKey({ key, format, type: 'pkcs1' })],
  ['public', (key) => new X509Certificate(key)],
]

function isReadBy(read: (key: Buffer) => unknown, bytes: Buffer): boolean {
  try {
    read(bytes)
    return true
  } catch {
    return false
  }
}
