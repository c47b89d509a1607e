// S28 S33 · RFC 7518 §3.3–§3.5, RFC 8725 §3.4 and §3.5: the lock is strong, the key is not.
// Keys are judged when they are loaded: a server with a weak one does not start.
import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { Algorithm } from '../../../example/token/algorithms.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { keyPair, publicKey, secretKey } from '../../../example/token/key.ts'
import { messageOf } from '../../support/refusal.ts'
import { rsa } from '../../support/rsa.ts'
import { shown } from './shown.ts'

const rsaOf = (modulusLength: number, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent })
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 512 })

const weak: Record<string, [Algorithm, typeof rsa, string]> = {
  'RSA of 512 bits': ['RS256', rsaOf(512), 'RS256 needs 2048 bits or more'],
  'RSA of 1024 bits': ['RS256', rsaOf(1024), 'RS256 needs 2048 bits or more'],
  'RSA of 2047 bits': ['PS256', rsaOf(2047), 'PS256 needs 2048 bits or more'],
  'RSA with the exponent 3': ['RS512', rsaOf(2048, 3), 'its exponent is not 65537'],
  'RSA with the exponent 17': ['PS512', rsaOf(2048, 17), 'its exponent is not 65537'],
  'RSA-PSS, which has parameters of its own': ['PS256', pss, 'PS256 needs a key of type rsa'],
  'P-384 for ES256': ['ES256', ec('P-384'), 'ES256 needs the curve prime256v1'],
  'P-256 for ES384': ['ES384', ec('P-256'), 'ES384 needs the curve secp384r1'],
  'P-256 for ES512': ['ES512', ec('P-256'), 'ES512 needs the curve secp521r1'],
  'the curve of Bitcoin for ES256': ['ES256', ec('secp256k1'), 'ES256 needs the curve prime256v1'],
  'P-192 for ES256': ['ES256', ec('prime192v1'), 'ES256 needs the curve prime256v1'],
  'P-256 for RS256': ['RS256', ec('P-256'), 'RS256 needs a key of type rsa'],
  'RSA for ES256': ['ES256', rsa, 'ES256 needs a key of type ec'],
  'Ed448 for EdDSA': ['EdDSA', generateKeyPairSync('ed448'), 'EdDSA needs a key of type ed25519'],
  'X25519 for EdDSA': ['EdDSA', generateKeyPairSync('x25519'), 'EdDSA needs a key of type ed25519'],
  'RSA for HS256': ['HS256', rsa, 'HS256 needs a key of type secret'],
}
for (const [what, [alg, pair, need]] of Object.entries(weak)) {
  t.test(`${what} is refused, the private and the public half`, async (t) => {
    const message = `Cannot use the key: ${need}`
    t.equal(messageOf(keyPair, { kid: 'a', alg, privateKey: pair.privateKey }), message)
    t.equal(messageOf(publicKey, { kid: 'a', alg, publicKey: pair.publicKey }), message)
  })
}

t.test('a JWK that is damaged or on no curve is refused', async (t) => {
  const good = ec('P-256').publicKey.export({ format: 'jwk' })
  const load = (jwk: Record<string, unknown>, alg: Algorithm = 'ES256') =>
    publicKey({ kid: 'a', alg, publicKey: jwk })
  t.equal(load(good).alg, 'ES256')
  const one = Buffer.alloc(32, 1).toString('base64url')
  const zero = Buffer.alloc(32).toString('base64url')
  const damages = [
    { x: one, y: one },
    { x: zero, y: zero },
    { y: one },
    { x: '' },
    { crv: 'P-384' },
  ]
  for (const jwk of damages)
    t.throws(() => load({ ...good, ...jwk }), { code: /^ERR_CRYPTO_INVALID_JWK$/ })
  const modulus = rsa.publicKey.export({ format: 'jwk' }).n
  t.equal(
    messageOf(load, { kty: 'RSA', n: modulus, e: 'AQ' }, 'RS256'),
    'Cannot use the key: its exponent is not 65537',
  )
  const secret = () => load({ kty: 'oct', k: one }, 'HS256')
  t.throws(secret, { code: /^ERR_(INVALID_ARG_VALUE|CRYPTO_INVALID_JWK)$/ }, 'no public key')
})

t.test('an algorithm that does not exist is refused for every key', async (t) => {
  const pair = ec('P-256')
  const unknown = 'Cannot use the key: its algorithm is unknown'
  const names: unknown[] = ['none', '', 'hs256', '__proto__', 'constructor', undefined]
  for (const alg of names as Algorithm[]) {
    for (const load of [
      () => secretKey({ kid: 'a', alg, secret: Buffer.alloc(64) }),
      () => keyPair({ kid: 'a', alg, privateKey: pair.privateKey }),
      () => publicKey({ kid: 'a', alg, publicKey: pair.publicKey }),
    ])
      t.equal(messageOf(load), unknown, shown(alg))
    const made = await generateKey({ kid: 'a', alg }).catch((error: Error) => error.message)
    t.equal(made, unknown, shown(alg))
  }
})
