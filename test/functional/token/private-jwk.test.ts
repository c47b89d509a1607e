import t from 'tap'
import { generateKey } from '../../../example/token/generate-key.ts'
import { keyPair, publicKey } from '../../../example/token/key.ts'
import { privateJwk, readPrivateJwk } from '../../../example/token/private-jwk.ts'
import { messageOf } from '../../support/refusal.ts'
import { rsa } from '../../support/rsa.ts'

const [hmac, ec, ed] = [
  await generateKey({ alg: 'HS256' }),
  await generateKey({ kid: 'a', alg: 'ES256' }),
  await generateKey({ alg: 'EdDSA' }),
]
for (const key of [hmac, ec, ed, keyPair({ kid: 'rsa', alg: 'PS256', ...rsa })])
  t.test(`a key for ${key.alg} is the same after it was written and read`, async (t) => {
    const read = readPrivateJwk(JSON.parse(JSON.stringify(privateJwk(key))))
    t.strictSame([read.kid, read.alg, read.use], [key.kid, key.alg, 'sig'])
    t.ok(key.signingKey && read.signingKey?.equals(key.signingKey))
    t.ok(read.verifyingKey.equals(key.verifyingKey))
  })

t.test('a key that only verifies is not written', async (t) => {
  const half = publicKey({ kid: 'a', alg: 'ES256', publicKey: ec.verifyingKey })
  t.equal(messageOf(privateJwk, half), 'Cannot write the key: it only verifies')
})

t.test('what is no key of ours is not read', async (t) => {
  const pair = privateJwk(ec)
  const secret = privateJwk(hmac)
  const refused = {
    'it has no kid': { ...pair, kid: undefined },
    'its algorithm is unknown': { ...pair, alg: 'ECDH-ES' },
    'its use or key_ops do not allow to sign': { ...pair, use: 'enc' },
    'ES384 needs the curve secp384r1': { ...pair, alg: 'ES384' },
    'it is no secret for signatures': { ...secret, use: 'enc' },
  }
  for (const [reason, jwk] of Object.entries(refused))
    t.equal(messageOf(readPrivateJwk, jwk), `Cannot use the key: ${reason}`)
  for (const k of [undefined, '', 'not base64url!'])
    t.match(messageOf(readPrivateJwk, { ...secret, k }), /it is no secret for signatures$/)
  t.match(messageOf(readPrivateJwk, { ...secret, k: 'dG9vIHNob3J0' }), /32 bytes or more$/)
})
