import { createSecretKey, generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import { type KeyMaterial, keyPair, publicKey, secretKey } from '../../../example/token/key.ts'
import { messageOf } from '../../support/refusal.ts'

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve })
const p256 = ec('P-256')
const name = { kid: 'a', alg: 'ES256' } as const

t.test('secretKey()', async (t) => {
  t.test('binds the bytes to one algorithm and one name, for signing and verifying', async (t) => {
    const secret = Buffer.alloc(32, 7)
    const key = secretKey({ kid: 'a', alg: 'HS256', secret })
    t.strictSame(
      { kid: key.kid, alg: key.alg, use: key.use },
      { kid: 'a', alg: 'HS256', use: 'sig' },
    )
    t.equal(key.signingKey, key.verifyingKey)
    t.ok(key.verifyingKey.equals(createSecretKey(secret)))
  })

  t.test('keeps its own copy: wiping the buffer afterwards does not change the key', async (t) => {
    const secret = Buffer.alloc(32, 7)
    const key = secretKey({ kid: 'a', alg: 'HS256', secret })
    secret.fill(0)
    t.ok(key.verifyingKey.equals(createSecretKey(Buffer.alloc(32, 7))))
  })

  t.test('refuses an algorithm of key pairs', async (t) => {
    const attempt = () => secretKey({ ...name, secret: Buffer.alloc(64) })
    t.equal(messageOf(attempt), 'Cannot use the secret: ES256 needs a key pair')
  })
})

t.test('keyPair() and publicKey()', async (t) => {
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const spki = { type: 'spki', format: 'pem' } as const

  t.test('read PEM, a JWK and a KeyObject, and all three are the same key', async (t) => {
    const privateForms = [
      p256.privateKey.export(pem).toString(),
      p256.privateKey.export({ format: 'jwk' }),
      p256.privateKey,
    ]
    for (const privateKey of privateForms) {
      const pair = keyPair({ ...name, privateKey })
      t.ok(pair.signingKey?.equals(p256.privateKey))
      t.ok(pair.verifyingKey.equals(p256.publicKey))
    }
    const publicForms = [
      p256.publicKey.export(spki).toString(),
      p256.publicKey.export({ format: 'jwk' }),
      p256.publicKey,
    ]
    for (const form of publicForms) {
      const key = publicKey({ ...name, publicKey: form })
      t.ok(key.verifyingKey.equals(p256.publicKey))
      t.equal(Object.hasOwn(key, 'signingKey'), false)
    }
  })

  t.test('of private material, publicKey() keeps the public half or refuses', async (t) => {
    const jwk = p256.privateKey.export({ format: 'jwk' })
    t.equal(publicKey({ ...name, publicKey: jwk }).verifyingKey.type, 'public')
    const attempt = () => publicKey({ ...name, publicKey: p256.privateKey })
    t.equal(messageOf(attempt), 'Cannot use the key: it is not public')
    const secret = createSecretKey(Buffer.alloc(32))
    t.equal(
      messageOf(publicKey, { ...name, publicKey: secret }),
      'Cannot use the key: it is not public',
    )
  })

  t.test('keyPair() refuses a public key, for it cannot sign', async (t) => {
    const load = (privateKey: KeyMaterial) => () => keyPair({ ...name, privateKey })
    t.throws(load(p256.publicKey), { code: /^ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE$/ })
    t.throws(load(p256.publicKey.export(spki).toString()), { code: /^ERR_OSSL_UNSUPPORTED$/ })
  })
})

t.test('what a JWK says about itself binds, too', async (t) => {
  const privateJwk = p256.privateKey.export({ format: 'jwk' })
  const publicJwk = p256.publicKey.export({ format: 'jwk' })
  const pair = (more: object) =>
    messageOf(keyPair, { ...name, privateKey: { ...privateJwk, ...more } })
  const half = (more: object) =>
    messageOf(publicKey, { ...name, publicKey: { ...publicJwk, ...more } })

  t.test('one that agrees, or says nothing, is taken', async (t) => {
    const whole = { use: 'sig', alg: 'ES256' }
    t.equal(pair({ ...whole, key_ops: ['sign'] }), 'accepted')
    t.equal(half({ ...whole, key_ops: ['verify'] }), 'accepted')
    t.equal(half({ key_ops: ['sign', 'verify'] }), 'accepted')
  })

  t.test('of one that signs, the public half verifies', async (t) => {
    const jwk = { ...privateJwk, key_ops: ['sign'] }
    t.equal(messageOf(publicKey, { ...name, publicKey: jwk }), 'accepted')
  })

  t.test('one for something else is refused', async (t) => {
    const otherwise = [
      { use: 'enc' },
      { use: null },
      { key_ops: [] },
      { key_ops: ['deriveKey'] },
      { key_ops: 'sign verify' },
    ]
    for (const more of otherwise) {
      const reason = 'Cannot use the key: its use or key_ops do not allow to'
      t.equal(pair(more), `${reason} sign`, JSON.stringify(more))
      t.equal(half(more), `${reason} verify`, JSON.stringify(more))
    }
    t.match(half({ key_ops: ['sign'] }), /do not allow to verify$/)
    t.match(pair({ key_ops: ['verify'] }), /do not allow to sign$/)
  })

  t.test('one for another algorithm is refused', async (t) => {
    for (const alg of ['ES384', 'es256', 'ECDH-ES', '', null]) {
      t.equal(pair({ alg }), 'Cannot use the key: its alg is not ES256')
      t.equal(half({ alg }), 'Cannot use the key: its alg is not ES256')
    }
  })
})
