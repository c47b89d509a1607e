/** Is this text a key, whole or damaged? As a secret it would make a MAC that proves nothing. */
export function isKeyText(text: string): boolean {
  return saysKey(text) || holdsKey(Buffer.from(text, 'base64')) || holdsKey(bytesOfHex(text))
}

/** Reads hexadecimal as tools print it: with 0x before it, with colons, in lines. */
export function bytesOfHex(text: string): Buffer {
  const digits = text.trim().replace(/^0x/i, '').replace(/[\s:]/g, '')
  return Buffer.from(/^[0-9a-f]+$/i.test(digits) ? digits : '', 'hex')
}

/** PEM without its first dashes, a line for SSH, or JSON that was cut off: a key, a list or a set of keys. */
function saysKey(text: string): boolean {
  return (
    /-----BEGIN|(?:PUBLIC|PRIVATE) KEY/.test(text) ||
    ssh.test(text) ||
    /["'](?:kty|keys|n|x)["']\s*:/.test(text)
  )
}

/** A line for authorized_keys, or what its base64 holds: the same name behind its length (RFC 4253 §6.6). */
const ssh = /^(?:\s*|\0{3}.)(?:sk-)?(?:ssh-|ecdsa-sha2-)/s

/** What was in base64 or hexadecimal: a PEM, or what a PEM holds between its first and last line. */
function holdsKey(bytes: Buffer): boolean {
  return der.test(bytes.subarray(0, 32).toString('hex')) || saysKey(bytes.toString('latin1'))
}

// How each form of a key begins in DER, so that one whose end is cut off is known, too. Each line
// wants about five bytes, which random ones hit once in 2^38.
const sequence = '30(?:[0-7].|81..|82.{4})'
const longSequence = '30(?:81..|82.{4})'
const ofKnownKind = `${sequence}06(?:092a864886f70d0101|072a8648ce3d0201|032b65)`
const beginnings = [
  `${sequence}${ofKnownKind}`, // a public key: SubjectPublicKeyInfo
  `${sequence}02010[01]${ofKnownKind}`, // a private key: PKCS #8
  '3082.{4}(?:0201000282|0282.{4}00)', // RSA, PKCS #1
  `${sequence}02010104`, // a private key on an elliptic curve: SEC 1
  `${longSequence}${longSequence}(?:a0030201|02)`, // a certificate
]
const der = new RegExp(`^(?:${beginnings.join('|')})`)
