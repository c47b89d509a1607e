import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import {
  type EncryptionCurve,
  encryptionKey,
  generateEncryptionKey,
} from '../../../example/token/encryption-key.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { publicJwk } from '../../../example/token/jwks.ts'
import type { KeyMaterial } from '../../../example/token/key.ts'
import {
  privateJwk,
  readPrivateEncryptionJwk,
  readPrivateJwk,
} from '../../../example/token/private-jwk.ts'
import { thumbprint } from '../../../example/token/thumbprint.ts'
import { messageOf } from '../../support/refusal.ts'
import { rsa } from '../../support/rsa.ts'

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const key = await generateEncryptionKey({ alg: 'ECDH-ES' })

// RSA is drawn as for RS256, which is tried in generate-key.test.ts: it takes a second.
t.test('a fresh key is on the curve that is wanted, and called by its thumbprint', async (t) => {
  const kinds: ReadonlyArray<[curve: EncryptionCurve, named: string]> = [
    ['P-256', 'prime256v1'],
    ['P-384', 'secp384r1'],
    ['P-521', 'secp521r1'],
  ]
  for (const [curve, named] of kinds) {
    const { kid, use, encryptingKey } = await generateEncryptionKey({
      alg: 'ECDH-ES+A256KW',
      curve,
    })
    t.equal(encryptingKey.asymmetricKeyDetails?.namedCurve, named)
    t.equal(kid, await thumbprint(encryptingKey))
    t.equal(use, 'enc')
  }
  t.equal(key.encryptingKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
})

t.test('what is published of it is its public half, and that it encrypts', async (t) => {
  const jwk = publicJwk(key)
  t.strictSame(Object.keys(jwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  t.hasStrict(jwk, { kid: key.kid, alg: 'ECDH-ES', use: 'enc' })
})

t.test('it is the same after it was written and read', async (t) => {
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const { kid, alg } = key
  const again = [
    readPrivateEncryptionJwk(JSON.parse(JSON.stringify(privateJwk(key)))),
    encryptionKey({ kid, alg, privateKey: key.decryptingKey.export(pem).toString() }),
  ]
  for (const read of again) {
    t.strictSame([read.kid, read.alg, read.use], [kid, alg, 'enc'])
    t.ok(read.decryptingKey.equals(key.decryptingKey))
    t.ok(read.encryptingKey.equals(key.encryptingKey))
  }
})

t.test('a key that signs never encrypts, nor the other way round', async (t) => {
  const signing = privateJwk(await generateKey({ alg: 'ES256' }))
  const unknown = 'Cannot use the key: its algorithm is unknown'
  t.equal(messageOf(readPrivateEncryptionJwk, signing), unknown)
  t.equal(messageOf(readPrivateJwk, privateJwk(key)), unknown)
  t.equal(
    messageOf(readPrivateEncryptionJwk, { ...signing, alg: 'ECDH-ES' }),
    'Cannot use the key: its use is not to encrypt',
  )
  t.equal(
    messageOf(readPrivateJwk, { ...privateJwk(key), alg: 'ES256' }),
    'Cannot use the key: its use or key_ops do not allow to sign',
  )
})

t.test('what is weak, or of the wrong kind, is refused', async (t) => {
  const load = (alg: string, privateKey: KeyMaterial) =>
    messageOf(encryptionKey, { kid: 'a', alg: alg as 'ECDH-ES', privateKey })
  const p256 = ec('P-256')
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const refusals = {
    'RSA-OAEP needs 2048 bits or more': load('RSA-OAEP', small),
    'RSA-OAEP-256 needs a key of type rsa': load('RSA-OAEP-256', p256),
    'ECDH-ES needs a key of type ec': load('ECDH-ES', rsa.privateKey),
    'ECDH-ES needs one of P-256, P-384, P-521': load('ECDH-ES', ec('secp256k1')),
    'its algorithm is not one that encrypts': load('RSA1_5', rsa.privateKey),
    'its alg is not ECDH-ES': load('ECDH-ES', { ...p256.export({ format: 'jwk' }), alg: 'ES256' }),
  }
  for (const [reason, message] of Object.entries(refusals))
    t.equal(message, `Cannot use the key: ${reason}`)
  t.equal(load('RSA-OAEP', rsa.privateKey), 'accepted')
  const jwk = p256.export({ format: 'jwk' })
  t.match(load('ECDH-ES', { ...jwk, y: `${jwk.x}` }), /Invalid JWK/, 'a point off the curve')
  const { kid: _, ...nameless } = privateJwk(key)
  t.equal(messageOf(readPrivateEncryptionJwk, nameless), 'Cannot use the key: it has no kid')
})
