import t from 'tap'
import { transportHeaders } from '../../../example/http/headers.ts'

// The headers of every answer are looked at as they arrive: test/security/page-headers.test.ts.

t.test('transportHeaders()', async (t) => {
  t.test('by https: never by http again (RFC 6797)', async (t) => {
    t.strictSame(transportHeaders('https://example.org'), {
      'strict-transport-security': 'max-age=31536000',
    })
  })

  for (const origin of ['http://example.org', undefined]) {
    t.test(`${origin}: nothing to promise`, async (t) => {
      t.strictSame(transportHeaders(origin), {})
    })
  }
})
