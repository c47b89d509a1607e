import t from 'tap'
import { challenge, readBearer } from '../../../example/http/bearer.ts'

const TOKEN = 'aaaa.bbbb.cccc'
const none = undefined
const malformed = '' // which no token is

type Row = [what: string, header: string | undefined, read: string | undefined, bare?: string]

// What is read of a header; last, what is read where a token alone is accepted, if that is something else.
// A longer list is in test/security/challenges.test.ts.
const headers: Row[] = [
  ['no header', undefined, none],
  ['an empty header', '', none],
  ['another scheme, which is for others', 'Basic YWRhOmFkYQ==', none],
  ['the scheme and the token', `Bearer ${TOKEN}`, TOKEN],
  ['the scheme in any case, and more spaces (RFC 9110 §11.1)', `bEARER   ${TOKEN}`, TOKEN],
  ['what those who verify will judge', 'Bearer not-a-token!', 'not-a-token!'],
  ['the scheme and no token', 'Bearer ', malformed],
  ['two tokens in a list', `Bearer ${TOKEN},${TOKEN}`, malformed],
  ['the token alone, as the original tutorial sent it', TOKEN, malformed, TOKEN],
  ['a word without a dot', 'token', malformed],
  ['a dot in front', `.${TOKEN}`, malformed],
  ['a character that base64url lacks', 'aaaa.bb+b.cccc', malformed],
]

t.test('readBearer()', async (t) => {
  for (const [what, header, read, bare = read] of headers) {
    t.test(`${what}: ${JSON.stringify(read) ?? 'none'}`, async (t) => {
      t.equal(readBearer(header), read)
      t.equal(readBearer(header, { acceptBare: true }), bare, 'with acceptBare')
    })
  }
})

t.test('challenge()', async (t) => {
  t.test('without credentials: bare, and no error code (RFC 6750 §3.1)', async (t) => {
    t.strictSame(challenge(), { 'www-authenticate': 'Bearer' })
  })

  t.test('with refused credentials: the error code', async (t) => {
    const expected = { 'www-authenticate': 'Bearer error="invalid_token"' }
    t.strictSame(challenge('invalid_token'), expected)
  })
})
