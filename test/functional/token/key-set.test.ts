import t from 'tap'
import { generateKey } from '../../../example/token/generate-key.ts'
import { keySet } from '../../../example/token/key.ts'
import { messageOf } from '../../support/refusal.ts'

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
    for (const second of [again, a])
      t.equal(messageOf(keySet, a, second), 'Cannot use the keys: two have the same kid')
  })

  t.test('refuses secrets and public keys in one set, whichever comes first', async (t) => {
    const mixed = 'Cannot use the keys: secrets and public keys are mixed'
    t.equal(messageOf(keySet, a, secret), mixed)
    t.equal(messageOf(keySet, secret, a), mixed)
  })
})
