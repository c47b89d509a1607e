import { KeyObject } from 'node:crypto'
import t from 'tap'
import { type Algorithm, algorithms } from '../../../example/token/algorithms.ts'
import { generateKey, type Key, keySet } from '../../../example/token/key.ts'
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
      const key = generateKey({ kid: 'fresh', alg })
      t.strictSame({ kid: key.kid, alg: key.alg, use: key.use }, { kid: 'fresh', alg, use: 'sig' })
      t.ok(key.signingKey instanceof KeyObject)
      t.equal(key.verifyingKey.asymmetricKeyType ?? 'secret', algorithms[alg].keyType)
      if (alg === 'RS256') t.equal(key.verifyingKey.asymmetricKeyDetails?.modulusLength, 3072)
      else t.notOk(generateKey({ kid: 'fresh', alg }).verifyingKey.equals(key.verifyingKey))
    })
  }
})

t.test('keySet()', async (t) => {
  const key = (kid: string, alg: Algorithm = 'ES256'): Key => generateKey({ kid, alg })

  t.test('finds keys by their name', async (t) => {
    const [a, b] = [key('a'), key('b', 'EdDSA')]
    t.strictSame(
      [...keySet(a, b)],
      [
        ['a', a],
        ['b', b],
      ],
    )
  })

  t.test('refuses one name for two keys', async (t) => {
    t.equal(
      messageOf(() => keySet(key('a'), key('a'))),
      'Cannot use the keys: two have the same kid',
    )
  })

  t.test('refuses a secret among public keys', async (t) => {
    const mixed = () => keySet(key('a'), key('b', 'HS256'))
    t.equal(messageOf(mixed), 'Cannot use the keys: secrets and public keys are mixed')
  })
})
