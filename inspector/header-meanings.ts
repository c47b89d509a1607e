import { algorithms } from '../example/token/algorithms.ts'
import { isAlgorithm } from './given.ts'

interface Meaning {
  readonly meaning: string
  readonly rfc: string
}

/** What the registered header parameters mean, in a line each. */
const headerMeanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    alg: { meaning: 'Algorithm: how the signature was made', rfc: 'RFC 7515 §4.1.1' },
    jku: { meaning: 'JWK Set URL: where a key could be fetched', rfc: 'RFC 7515 §4.1.2' },
    jwk: {
      meaning: 'JSON Web Key: a key that the token brings along, from a stranger',
      rfc: 'RFC 7515 §4.1.3',
    },
    kid: { meaning: 'Key ID: the name of the key that signed', rfc: 'RFC 7515 §4.1.4' },
    x5u: { meaning: 'X.509 URL: where a certificate could be fetched', rfc: 'RFC 7515 §4.1.5' },
    x5c: {
      meaning: 'X.509 chain: certificates that the token brings along',
      rfc: 'RFC 7515 §4.1.6',
    },
    x5t: { meaning: 'X.509 thumbprint: names a certificate, by SHA-1', rfc: 'RFC 7515 §4.1.7' },
    'x5t#S256': {
      meaning: 'X.509 thumbprint: names a certificate, by SHA-256',
      rfc: 'RFC 7515 §4.1.8',
    },
    typ: { meaning: 'Type: which kind of token this is', rfc: 'RFC 7515 §4.1.9, RFC 8725 §3.11' },
    cty: { meaning: 'Content type: what the payload is', rfc: 'RFC 7515 §4.1.10' },
    crit: { meaning: 'Critical: extensions that a reader must know', rfc: 'RFC 7515 §4.1.11' },
    b64: { meaning: 'Base64: whether the payload is in base64url', rfc: 'RFC 7797 §3' },
  }),
)

const otherParameter: Meaning = {
  meaning: 'Not one that RFC 7515 or RFC 7797 defines: whoever does not know it ignores it',
  rfc: 'RFC 7515 §4.2, §4.3',
}

/** Explains one header parameter: what it means, where that is written, and the algorithm in words. */
export function sayParameter(name: string, value: unknown) {
  const { meaning, rfc } = headerMeanings.get(name) ?? otherParameter
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
