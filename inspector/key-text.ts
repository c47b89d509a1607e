export type KeyKind = 'public' | 'private' | 'jwk'

/** Is this text a key, whole or damaged? As a secret it would make a MAC that proves nothing. */
export function kindOfKeyText(text: string): KeyKind | undefined {
  return (
    kindOfText(text) ?? kindOfBytes(Buffer.from(text, 'base64')) ?? kindOfBytes(bytesOfHex(text))
  )
}

function kindOfText(text: string): KeyKind | undefined {
  if (/PRIVATE KEY/.test(text)) return 'private'
  if (/-----BEGIN|PUBLIC KEY/.test(text) || ssh.test(text)) return 'public'
  // JSON, whole or cut off: a key, a list or a set of keys.
  if (!/["'](?:kty|keys|n|x)["']\s*:/.test(text)) return undefined
  if (/["']k["']\s*:/.test(text)) return 'jwk'
  return /["']d["']\s*:/.test(text) ? 'private' : 'public'
}

/** A line for authorized_keys, or what its base64 holds: the same name behind its length (RFC 4253 §6.6). */
const ssh = /^(?:\s*|\0{3}.)(?:sk-)?(?:ssh-|ecdsa-sha2-)/s

/** Reads hexadecimal as tools print it: with 0x before it, with colons, in lines. */
export function bytesOfHex(text: string): Buffer | undefined {
  const digits = text.trim().replace(/^0x/i, '').replace(/[\s:]/g, '')
  return /^[0-9a-f]+$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined
}

/** What was in base64 or hexadecimal: a PEM, or what a PEM holds between its first and last line. */
function kindOfBytes(bytes: Buffer = Buffer.alloc(0)): KeyKind | undefined {
  const start = bytes.subarray(0, 32).toString('hex')
  return (
    beginnings.find(([, beginning]) => beginning.test(start))?.[0] ??
    kindOfText(bytes.toString('latin1'))
  )
}

// How each form of a key begins in DER, so that one whose end is cut off is known, too. Each line
// wants about five bytes, which random ones hit once in 2^38.
const sequence = '30(?:[0-7].|81..|82.{4})'
const longSequence = '30(?:81..|82.{4})'
const ofKnownKind = `${sequence}06(?:092a864886f70d0101|072a8648ce3d0201|032b65)`
const beginnings: ReadonlyArray<[kind: KeyKind, beginning: RegExp]> = [
  ['public', new RegExp(`^${sequence}${ofKnownKind}`)], // SubjectPublicKeyInfo
  ['private', new RegExp(`^${sequence}02010[01]${ofKnownKind}`)], // PKCS #8
  ['public', /^3082.{4}0282.{4}00/], // RSA, PKCS #1
  ['private', /^3082.{4}0201000282/], // RSA, PKCS #1
  ['private', new RegExp(`^${sequence}02010104`)], // elliptic curve, SEC 1
  ['public', new RegExp(`^${longSequence}${longSequence}(?:a0030201|02)`)], // a certificate
]
