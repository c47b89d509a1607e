import t from 'tap'
import { decode } from '../../../example/token/decode.ts'
import { forge, goodClaims, goodHeader, segment, sessionToken } from '../../support/fixtures.ts'

t.test('decode()', async (t) => {
  t.test('takes a token apart', async (t) => {
    const token = sessionToken()
    t.strictSame(decode(token), {
      segments: token.split('.'),
      header: goodHeader,
      claims: goodClaims(),
    })
  })

  t.test('proves nothing: a forged token is taken apart as well', async (t) => {
    const { claims } = decode(forge(goodClaims({ sub: 'eve' }), { alg: 'none' }, 'no secret'))
    t.equal(claims?.sub, 'eve')
  })

  const object = segment({ a: 1 })
  const parts: Record<string, [token: string, header: unknown, claims: unknown]> = {
    'an empty text': ['', undefined, undefined],
    'one segment': [object, { a: 1 }, undefined],
    'two segments': [`${object}.${object}`, { a: 1 }, { a: 1 }],
    'an unsigned token': [`${object}.${object}.`, { a: 1 }, { a: 1 }],
    'a header that is no JSON': [`${segment('x')}.${object}.x`, undefined, { a: 1 }],
    'claims that are a list': [`${object}.${segment('[]')}.x`, { a: 1 }, undefined],
    'a padded header': [`${object}=.${object}.x`, undefined, { a: 1 }],
    'a name written twice': [`${object}.${segment('{"a":1,"a":2}')}.x`, { a: 1 }, undefined],
  }
  for (const [what, [token, header, claims]] of Object.entries(parts)) {
    t.test(`leaves out what cannot be read of ${what}`, async (t) => {
      const decoded = decode(token)
      t.strictSame([decoded.header, decoded.claims], [header, claims])
      t.strictSame(decoded.segments, token.split('.'))
    })
  }

  t.test('looks for four segments at most', async (t) => {
    t.equal(decode('.'.repeat(100_000)).segments.length, 4)
  })
})
