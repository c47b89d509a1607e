import { createSecretKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Asked, Bare } from './bare.ts'
import * as tokens from './tokens.ts'
import { audience, issuer, NOW, secret } from './tokens.ts'

/** One question that is put to every library in the same words. */
export interface Probe {
  /** What is tried, in one sentence. */
  readonly tries: string
  /** The token that is sent, where it is about one. */
  readonly token?: string
  /** A value or a promise of one: accepted. An error: not. */
  ask(library: Bare): unknown
}

const asked: Asked = { key: secret, algorithms: ['HS256'], issuer, audience, now: NOW }
// What our own server wants besides: the name of a key, and an identifier for each token.
const ownHeader = { kid: 'lesson-7' }
const goodClaims = { ...tokens.goodClaims, jti: '6d1c2b3a-9f8e-4a7b-8c6d-5e4f3a2b1c0d' }
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

const toAccept = {
  'a good token': verifying('A token that everybody should accept', token()),
  'aud as array': verifying(
    'Its audience is an array, and we are in it (RFC 7519 §4.1.3)',
    token({ claims: { aud: ['other.example', audience] } }),
  ),
} satisfies Record<string, Probe>

const toRefuse = {
  'alg none': verifying(
    'It says that it needs no signature, and has none (RFC 8725 §3.1)',
    tokens.respell(token({ header: { alg: 'none' } }), 2, () => ''),
  ),
  'alg left open': verifying(
    'The caller names no algorithm, and the token picks HS512 (RFC 8725 §3.1)',
    token({ header: { alg: 'HS512' }, hash: 'sha512' }),
    { algorithms: undefined },
  ),
  'public key as secret': verifying(
    'Signed by HMAC with the public key, which everybody has (RFC 8725 §2.1)',
    token({ secret: Buffer.from(pem) }),
    { key: pem, algorithms: undefined },
  ),
  'expires this second': verifying(
    'Its exp is now: "on or after" that time it is over (RFC 7519 §4.1.4)',
    token({ claims: { exp: NOW } }),
  ),
  'no exp': verifying('It does not say when it ends', token({ claims: { exp: undefined } })),
  'exp as string': verifying(
    'Its exp is a string of digits, not a number (RFC 7519 §2)',
    token({ claims: { exp: `${NOW + 600}` } }),
  ),
  'exp 1e999': verifying(
    'JSON may say 1e999, which JavaScript reads as Infinity',
    token({ payloadText: tokens.literally('exp', '1e999', goodClaims) }),
  ),
  'no aud': verifying(
    'An audience is expected, and it names none (RFC 8725 §3.9)',
    token({ claims: { aud: undefined } }),
  ),
  'sub is a number': verifying(
    'Its subject is not a string (RFC 7519 §4.1.2)',
    token({ claims: { sub: 7 } }),
  ),
  'crit unknown': verifying(
    'It wants to be refused by whoever does not know "x" (RFC 7515 §4.1.11)',
    token({ header: { crit: ['x'], x: 1 } }),
  ),
  'b64 false': verifying(
    'It says that its payload is not base64url; a JWT must not (RFC 7797 §7)',
    token({ header: { b64: false } }),
  ),
  'padded base64url': verifying(
    'Its signature ends in "=" (RFC 7515 §2)',
    tokens.respell(token(), 2, (segment) => `${segment}=`),
  ),
  'spare bits': verifying(
    'Its last character is another one, for the same bytes (RFC 4648 §3.5)',
    tokens.respell(token(), 2, tokens.flipSpareBit),
  ),
  'one name twice': verifying(
    'Its payload has sub twice, as ada and as root (RFC 7519 §4)',
    token({ payloadText: JSON.stringify(goodClaims).replace('}', ',"sub":"root"}') }),
  ),
  'payload not JSON': verifying(
    'Its typ is JWT and its payload is the word ada (RFC 7519 §7.2)',
    token({ payloadText: 'ada' }),
  ),
  'one-byte secret': {
    tries: 'A token is signed with the secret "7" (RFC 7518 §3.2)',
    ask: (library) => library.sign(goodClaims, Buffer.from('7')),
  },
} satisfies Record<string, Probe>

const toKnow = {
  'key as string': verifying('The good token, and the secret as a string', token(), {
    key: secret.toString(),
  }),
  'key as KeyObject': verifying("The good token, and the secret as Node's KeyObject", token(), {
    key: createSecretKey(secret),
  }),
  EdDSA: {
    tries: 'A token with a signature by Ed25519, and its public key (RFC 8037)',
    token: withEd25519(),
    // Some want the key as an object and some as PEM: either will do.
    async ask(library) {
      const inquiry = { ...asked, algorithms: ['EdDSA'] satisfies ['EdDSA'] }
      try {
        return await library.verify(withEd25519(), { ...inquiry, key: publicKey })
      } catch {
        return await library.verify(withEd25519(), { ...inquiry, key: pem })
      }
    },
  },
} satisfies Record<string, Probe>

export type ProbeName = keyof typeof toAccept | keyof typeof toRefuse | keyof typeof toKnow

export const probes: Readonly<Record<ProbeName, Probe>> = { ...toAccept, ...toRefuse, ...toKnow }

/** What is right for each of them. The last ones are a matter of choice. */
export const blocks = {
  'should be accepted': Object.keys(toAccept).filter(isProbe),
  'should be refused': Object.keys(toRefuse).filter(isProbe),
  'good to know': Object.keys(toKnow).filter(isProbe),
}

export function isProbe(name: string): name is ProbeName {
  return Object.hasOwn(probes, name)
}

function verifying(tries: string, text: string, differently: Partial<Asked> = {}): Probe {
  return {
    tries,
    token: text,
    ask: (library) => library.verify(text, { ...asked, ...differently }),
  }
}

function token({ header, claims, ...rest }: tokens.Difference = {}): string {
  const ownClaims = { ...goodClaims, ...claims }
  return tokens.token({ header: { ...ownHeader, ...header }, claims: ownClaims, ...rest })
}

function withEd25519(): string {
  const [header, payload] = token({ header: { alg: 'EdDSA' } }).split('.')
  const signature = sign(null, Buffer.from(`${header}.${payload}`), privateKey)
  return `${header}.${payload}.${signature.toString('base64url')}`
}
