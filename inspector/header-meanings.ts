import { algorithms, isAlgorithm } from '../example/token/algorithms.ts'

/** What the registered header parameters mean, in a line each, and where that is written. */
const meanings = new Map<string, readonly [meaning: string, rfc: string]>([
  ['alg', ['Algorithm: how the signature was made', 'RFC 7515 §4.1.1']],
  ['jku', ['JWK Set URL: where a key could be fetched', 'RFC 7515 §4.1.2']],
  ['jwk', ['JSON Web Key: a key that the token brings along, from a stranger', 'RFC 7515 §4.1.3']],
  ['kid', ['Key ID: the name of the key that signed', 'RFC 7515 §4.1.4']],
  ['x5u', ['X.509 URL: where a certificate could be fetched', 'RFC 7515 §4.1.5']],
  ['x5c', ['X.509 chain: certificates that the token brings along', 'RFC 7515 §4.1.6']],
  ['x5t', ['X.509 thumbprint: names a certificate, by SHA-1', 'RFC 7515 §4.1.7']],
  ['x5t#S256', ['X.509 thumbprint: names a certificate, by SHA-256', 'RFC 7515 §4.1.8']],
  ['typ', ['Type: which kind of token this is', 'RFC 7515 §4.1.9, RFC 8725 §3.11']],
  ['cty', ['Content type: what the payload is', 'RFC 7515 §4.1.10']],
  ['crit', ['Critical: extensions that a reader must know', 'RFC 7515 §4.1.11']],
  ['b64', ['Base64: whether the payload is in base64url', 'RFC 7797 §3']],
])

const other = [
  'Not one that RFC 7515 or RFC 7797 defines: whoever does not know it ignores it',
  'RFC 7515 §4.2, §4.3',
] as const

/** Explains one header parameter: what it means, where that is written, and the algorithm in words. */
export function sayParameter(name: string, value: unknown) {
  const [meaning, rfc] = meanings.get(name) ?? other
  return { name, meaning, rfc, inWords: name === 'alg' ? sayAlgorithm(value) : undefined }
}

function sayAlgorithm(alg: unknown): string | undefined {
  if (alg === 'none') return 'No signature at all: anybody can write such a token (RFC 7519 §6)'
  if (alg === 'Ed25519')
    return 'A newer name for EdDSA with a key of that type (RFC 9864), which is not known here'
  if (!isAlgorithm(alg)) return undefined
  return algorithms[alg].keyType === 'secret'
    ? 'A MAC: whoever can check it can also make it, with the same secret'
    : 'A signature: the private key makes it, the public key checks it'
}
