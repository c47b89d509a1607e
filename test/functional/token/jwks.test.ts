import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { Algorithm } from '../../../example/token/algorithms.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { jwkSet, publicJwk, readJwkSet } from '../../../example/token/jwks.ts'
import { keyPair } from '../../../example/token/key.ts'
import { privateJwk } from '../../../example/token/private-jwk.ts'
import { messageOf } from '../../support/refusal.ts'
import { rsa as rsaPair } from '../../support/rsa.ts'

const [ec, ed, rsa, secret] = [
  await generateKey({ alg: 'ES256' }),
  await generateKey({ alg: 'EdDSA' }),
  keyPair({ kid: 'rsa', alg: 'RS256', ...rsaPair }),
  await generateKey({ alg: 'HS256' }),
]
const algorithms: readonly Algorithm[] = ['ES256', 'EdDSA', 'RS256']
const read = (json: unknown) => readJwkSet(json, { algorithms })
const published = (...keys: readonly object[]) => ({ keys })
const ecJwk = publicJwk(ec)

t.test('what is published', async (t) => {
  t.test('is the public half, its name, and what it is for', async (t) => {
    const members = jwkSet([ec, ed, rsa]).keys.map((jwk) => Object.keys(jwk).sort())
    t.strictSame(members, [
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
      ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ])
    t.hasStrict(ecJwk, { kty: 'EC', crv: 'P-256', kid: ec.kid, alg: 'ES256', use: 'sig' })
  })

  t.test('is never a secret', async (t) => {
    t.equal(messageOf(publicJwk, secret), 'Cannot publish the key: it is a secret')
    t.equal(messageOf(jwkSet, [ec, secret]), 'Cannot publish the key: it is a secret')
  })
})

t.test('what was published is read', async (t) => {
  t.test('and each key verifies, and none signs', async (t) => {
    const keys = read(JSON.parse(JSON.stringify(jwkSet([ec, ed, rsa]))))
    t.strictSame([...keys.keys()], [ec.kid, ed.kid, rsa.kid])
    for (const key of [ec, ed, rsa]) {
      const found = keys.get(key.kid)
      t.equal(found?.alg, key.alg)
      t.ok(found?.verifyingKey.equals(key.verifyingKey))
      t.equal(found?.signingKey, undefined)
    }
  })

  t.test('and keys for something else are ignored (RFC 7517 §5)', async (t) => {
    const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })
    const others = {
      'a key that encrypts': { ...x25519, kid: 'a', alg: 'ECDH-ES', use: 'enc' },
      'one that says so in its key_ops': { ...ecJwk, kid: 'a', key_ops: ['deriveKey'] },
      'one for an algorithm that is not accepted': { ...ecJwk, kid: 'a', alg: 'ES512' },
      'one of a type that nobody knows yet': { kty: 'AKP', kid: 'a', alg: 'ML-DSA-44', pub: 'AA' },
      'one that says nothing': {},
    }
    for (const [what, other] of Object.entries(others))
      t.strictSame([...read(published(other, ecJwk)).keys()], [ec.kid], what)
  })
})

t.test('a set that could be confused, or has a weak key, is refused as a whole', async (t) => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const refused: Record<string, unknown> = {
    'Cannot use the key set: it is not a JWK Set': [published(ecJwk, [] as object), ecJwk, null],
    'Cannot use the key set: it has more than 100 keys': [published(...Array(101).fill(ecJwk))],
    'Cannot use the key set: it holds a secret or a private key': [
      published(ecJwk, privateJwk(secret)),
      published(ecJwk, { kty: 'oct' }),
      published(privateJwk(ed)),
      published(ecJwk, { ...privateJwk(rsa), use: 'enc' }),
    ],
    'Cannot use the key set: one of its keys has no kid, by which tokens name it': [
      published({ ...ecJwk, kid: undefined }),
      published({ ...ecJwk, kid: 1 }),
    ],
    'Cannot use the key set: one of its keys has no alg': [
      published(ecJwk, { ...ecJwk, kid: 'a', alg: undefined }),
      published({ ...ecJwk, alg: ['ES256'] }),
    ],
    'Cannot use the key set: it holds no key for an algorithm that is accepted here': [
      published(),
      published({ ...ecJwk, use: 'enc' }),
    ],
    'Cannot use the keys: two have the same kid': [
      published(ecJwk, { ...publicJwk(ed), kid: ec.kid }),
    ],
    'Cannot use the key: RS256 needs 2048 bits or more': [
      published(ecJwk, { ...weak.export({ format: 'jwk' }), kid: 'a', alg: 'RS256' }),
    ],
    'Cannot use the key: RS256 needs a key of type rsa': [published({ ...ecJwk, alg: 'RS256' })],
  }
  for (const [message, sets] of Object.entries(refused))
    for (const set of sets as unknown[]) t.equal(messageOf(read, set), message)
})
