import t from 'tap'
import { generateKey } from '../../../example/token/generate-key.ts'
import type { CheckId } from '../../../example/token/types.ts'
import { verifyJws } from '../../../example/token/verify.ts'
import { forge, key, sessionToken } from '../../support/fixtures.ts'
import { codeOf } from '../../support/refusal.ts'

t.test('verifyJws()', async (t) => {
  const anything = forge('bytes, not JSON', { alg: 'HS256' })

  t.test('hands over header and bytes, unread, without a kid, a typ or a claim', async (t) => {
    const { header, payload } = await verifyJws(anything, key)
    t.strictSame(header, { alg: 'HS256' })
    t.equal(payload.toString(), 'bytes, not JSON')
  })

  t.test('asks for the typ when it is told one', async (t) => {
    t.equal(
      (await verifyJws(sessionToken(), key, { type: 'session+jwt' })).header.typ,
      'session+jwt',
    )
    t.equal(await codeOf(verifyJws(anything, key, { type: 'session+jwt' })), 'type')
    t.equal(await codeOf(verifyJws(anything, key, { type: '' })), 'type', 'an empty one too')
  })

  t.test('asks for a length: 8192 characters, or what it is told', async (t) => {
    const long = forge('x'.repeat(7000), { alg: 'HS256' })
    t.equal(await codeOf(verifyJws(long, key)), 'length')
    t.equal((await verifyJws(long, key, { maxLength: 10_000 })).payload.length, 7000)
    t.equal(await codeOf(verifyJws(anything, key, { maxLength: 9 })), 'length')
  })

  t.test('accepts the algorithm of the key, and no other', async (t) => {
    const ec = await generateKey({ kid: 'ec', alg: 'ES256' })
    t.equal(await codeOf(verifyJws(anything, ec)), 'algorithm')
  })

  const refused: Partial<Record<CheckId, string>> = {
    form: 'e30.e30',
    header: forge('', '[]').replace('..', '.e30.'),
    algorithm: forge('x', { alg: 'HS384' }),
    critical: forge('x', { alg: 'HS256', crit: ['b64'], b64: false }),
    'embedded-key': forge('x', { alg: 'HS256', jwk: {} }),
    signature: forge('x', { alg: 'HS256' }, 'another secret'),
  }
  for (const [id, token] of Object.entries(refused)) {
    t.test(`refuses by ${id}, as verify() does`, async (t) => {
      t.equal(await codeOf(verifyJws(token, key)), id)
    })
  }
})
