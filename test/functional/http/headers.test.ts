import t from 'tap'
import { securityHeaders, transportHeaders } from '../../../example/http/headers.ts'

t.test('securityHeaders', async (t) => {
  t.test('are these, written down a second time: a change must be meant', async (t) => {
    t.strictSame(securityHeaders, {
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })

  t.test('allow no script, and no other site to read an answer (no CORS)', async (t) => {
    t.notMatch(securityHeaders['content-security-policy'], /script|unsafe/)
    t.notOk(Object.keys(securityHeaders).some((name) => name.startsWith('access-control-')))
  })
})

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
