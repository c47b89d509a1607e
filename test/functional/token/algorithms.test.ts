import t from 'tap'
import { algorithms } from '../../../example/token/algorithms.ts'

t.test('algorithms', async (t) => {
  t.test('are those of RFC 7518 §3.1 and RFC 8037 that sign, and `none` is not one', async (t) => {
    // biome-ignore format: a line for each kind
    t.strictSame(Object.keys(algorithms), [
      'HS256', 'HS384', 'HS512',
      'RS256', 'RS384', 'RS512',
      'PS256', 'PS384', 'PS512',
      'ES256', 'ES384', 'ES512',
      'EdDSA',
    ])
  })

  t.test('an HMAC secret is as long as the hash, or longer (RFC 7518 §3.2)', async (t) => {
    for (const alg of ['HS256', 'HS384', 'HS512'] as const)
      t.equal(algorithms[alg].minimumBytes * 8, Number(alg.slice(2)), alg)
  })

  t.test('each ECDSA algorithm has its one curve (RFC 7518 §3.4)', async (t) => {
    t.equal(algorithms.ES256.curve, 'prime256v1', 'which is P-256')
    t.equal(algorithms.ES384.curve, 'secp384r1', 'which is P-384')
    t.equal(algorithms.ES512.curve, 'secp521r1', 'which is P-521: 521, not 512')
  })
})
