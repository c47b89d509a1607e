import { KeyObject } from 'node:crypto'
import t from 'tap'
import { algorithms } from '../../../example/token/algorithms.ts'
import { generateKey, keySet } from '../../../example/token/key.ts'
import { messageOf } from '../../support/refusal.ts'

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

t.test('keySet()', async (t) => {
  const [a, again, b, secret] = [
    await generateKey({ kid: 'a', alg: 'ES256' }),
    await generateKey({ kid: 'a', alg: 'ES256' }),
    await generateKey({ kid: 'b', alg: 'EdDSA' }),
    await generateKey({ kid: 'c', alg: 'HS256' }),
  ]

  t.test('finds keys by their name', async (t) => {
    t.strictSame(
      [...keySet(a, b)],
      [
        ['a', a],
        ['b', b],
      ],
    )
  })

  t.test('refuses one name for two keys', async (t) => {
    t.equal(messageOf(keySet, a, again), 'Cannot use the keys: two have the same kid')
  })

  t.test('refuses a secret among public keys', async (t) => {
    const mixed = () => keySet(a, secret)
    t.equal(messageOf(mixed), 'Cannot use the keys: secrets and public keys are mixed')
  })
})
