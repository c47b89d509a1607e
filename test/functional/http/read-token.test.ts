import t from 'tap'
import { readToken } from '../../../example/http/read-token.ts'
import { mockRequest } from '../../support/mock-http.ts'
import { httpRefusalOf } from '../../support/refusal.ts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const cookie = (token: string) => ({ cookie: `session=${token}` })
const from = { cookie: { name: 'session', secure: false } }

t.test('readToken()', async (t) => {
  t.test('takes the longest token that a cookie may hold', async (t) => {
    const token = 'a'.repeat(4000)
    t.equal(readToken(mockRequest({ headers: cookie(token) }), from), token)
  })

  const twoTokens = 'Cannot choose between two tokens: one came in a header, one in a cookie'
  const twoCookies = 'Cannot read the cookies: two are called session'
  const unclear: Array<[what: string, headers: Record<string, string>, message: string]> = [
    ['two different tokens', { ...bearer('a.b.c'), ...cookie('d.e.f') }, twoTokens],
    ['a malformed header and a cookie', { ...bearer('a b'), ...cookie('d.e.f') }, twoTokens],
    ['two cookies', { cookie: 'session=a.b.c; session=a.b.c' }, twoCookies],
  ]
  for (const [what, headers, message] of unclear) {
    t.test(`does not choose for a client that sends ${what}: 400`, async (t) => {
      const refusal = httpRefusalOf(() => readToken(mockRequest({ headers }), from))
      t.strictSame(refusal, { status: 400, message, headers: {} })
    })
  }
})
