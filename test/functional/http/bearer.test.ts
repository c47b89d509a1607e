import t from 'tap'
import { challenge, readBearer } from '../../../example/http/bearer.ts'

const TOKEN = 'aaaa.bbbb.cccc'

t.test('readBearer()', async (t) => {
  t.test('gives the token behind the scheme', async (t) => {
    t.equal(readBearer(`Bearer ${TOKEN}`), TOKEN)
  })

  t.test('takes the scheme in any case, and more than one space (RFC 9110 §11.1)', async (t) => {
    t.equal(readBearer(`bEARER   ${TOKEN}`), TOKEN)
  })

  t.test('knows a request without the header from one with a bad header', async (t) => {
    t.equal(readBearer(undefined), undefined)
    t.equal(readBearer(undefined, { acceptBare: true }), undefined)
  })

  t.test('leaves the token as it came: judging it is for those who verify', async (t) => {
    t.equal(readBearer('Bearer not-a-token!'), 'not-a-token!')
  })

  t.test('leaves a header of another scheme to others', async (t) => {
    t.equal(readBearer('Basic YWRhOmFkYQ=='), undefined)
    t.equal(readBearer('Basic YWRhOmFkYQ==', { acceptBare: true }), undefined)
  })

  t.test('takes an empty header for none', async (t) => {
    t.equal(readBearer(''), undefined)
    t.equal(readBearer('', { acceptBare: true }), undefined)
  })

  // A longer list is in test/security/challenges.test.ts.
  const refused = {
    'the scheme and no token': 'Bearer ',
    'two tokens in a list': `Bearer ${TOKEN},${TOKEN}`,
    'the token alone': TOKEN,
  }
  for (const [what, header] of Object.entries(refused)) {
    t.test(`${what}: an empty text, which no token is`, async (t) => {
      t.equal(readBearer(header), '')
    })
  }
})

t.test('readBearer() with acceptBare', async (t) => {
  t.test('also takes the token alone, as the original tutorial sent it', async (t) => {
    t.equal(readBearer(TOKEN, { acceptBare: true }), TOKEN)
  })

  t.test('takes the token behind the scheme as before', async (t) => {
    t.equal(readBearer(`Bearer ${TOKEN}`, { acceptBare: true }), TOKEN)
  })

  const refused = {
    'a word without a dot': 'token',
    'two tokens behind the scheme': `Bearer ${TOKEN},${TOKEN}`,
    'a dot in front': `.${TOKEN}`,
    'a character that base64url lacks': 'aaaa.bb+b.cccc',
  }
  for (const [what, header] of Object.entries(refused)) {
    t.test(`${what}: an empty text`, async (t) => {
      t.equal(readBearer(header, { acceptBare: true }), '')
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
