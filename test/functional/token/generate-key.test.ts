import { KeyObject } from 'node:crypto'
import t from 'tap'
import { algorithms } from '../../../example/token/algorithms.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { thumbprint } from '../../../example/token/thumbprint.ts'

t.test('generateKey()', async (t) => {
  // RS256 stands for the six of its kind: the others would draw the same key.
  for (const alg of [
    'HS256',
    'HS384',
    'HS512',
    'RS256',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
  ] as const) {
    t.test(`${alg}: draws a fresh key of the right kind that signs and verifies`, async (t) => {
      const key = await generateKey({ kid: 'fresh', alg })
      t.strictSame({ kid: key.kid, alg: key.alg, use: key.use }, { kid: 'fresh', alg, use: 'sig' })
      t.ok(key.signingKey instanceof KeyObject)
      t.equal(key.verifyingKey.asymmetricKeyType ?? 'secret', algorithms[alg].keyType)
      if (alg === 'RS256') t.equal(key.verifyingKey.asymmetricKeyDetails?.modulusLength, 3072)
      else {
        const other = await generateKey({ kid: 'fresh', alg })
        t.notOk(other.verifyingKey.equals(key.verifyingKey))
      }
    })
  }
})

t.test('without a name', async (t) => {
  t.test('a key pair is called by its thumbprint', async (t) => {
    const key = await generateKey({ alg: 'ES256' })
    t.equal(key.kid, await thumbprint(key.verifyingKey))
  })

  t.test('a secret is called by chance, so that nothing of it is published', async (t) => {
    const [key, other] = [await generateKey({ alg: 'HS256' }), await generateKey({ alg: 'HS256' })]
    t.match(key.kid, /^[A-Za-z0-9_-]{22}$/)
    t.not(key.kid, other.kid)
    await t.rejects(thumbprint(key.verifyingKey), {
      message: 'Cannot make a thumbprint: the key is not public',
    })
  })
})
