// S82: every 401 says how to come in (RFC 9110 §11.6.1), with an error code only when credentials
// came and were refused (RFC 6750 §3.1).
import t from 'tap'
import { appOfAda, formType, sessionToken } from '../support/fixtures.ts'
import { ask, type MockResponse, type RequestParts } from '../support/mock-http.ts'

async function answer(request: RequestParts): Promise<MockResponse> {
  const { app } = await appOfAda()
  return await ask(app, request)
}

const token = sessionToken()
const accepted = undefined
const refused = 'Bearer error="invalid_token"'
const notForUs = 'Bearer'
const noToken = 'Bearer'

/** The Authorization header, and the challenge that answers it. */
const headers: Array<[what: string, authorization: string, challenge: string | undefined]> = [
  ['Bearer', `Bearer ${token}`, accepted],
  ['the scheme in small letters', `bearer ${token}`, accepted],
  ['the scheme in capitals', `BEARER ${token}`, accepted],
  ['two spaces', `Bearer  ${token}`, accepted],
  ['the token alone, as the first tutorial sent it', token, accepted],
  ['nothing in it', '', noToken],
  ['the scheme alone', 'Bearer', refused],
  ['the scheme and a space', 'Bearer ', refused],
  ['no space', `Bearer${token}`, refused],
  ['a tab for a space', `Bearer\t${token}`, refused],
  ['a colon', `Bearer: ${token}`, refused],
  ['a space in front', ` Bearer ${token}`, refused],
  ['a space behind', `Bearer ${token} `, refused],
  ['the token in quotes', `Bearer "${token}"`, refused],
  ['two tokens', `Bearer ${token} ${token}`, refused],
  ['two tokens and a comma', `Bearer ${token},${token}`, refused],
  ['two headers that a proxy joined', `Bearer ${token}, Bearer ${token}`, refused],
  ['two schemes', `Basic YTpi, Bearer ${token}`, notForUs],
  ['the scheme twice', `Bearer Bearer ${token}`, refused],
  ['a parameter', `Bearer token="${token}"`, refused],
  ['another scheme', 'Basic YWRhOmFkYQ==', notForUs],
  ['another scheme with a token', `Token ${token}`, notForUs],
  ['a longer scheme', `Bearers ${token}`, notForUs],
  ['a scheme that ends like it', `NotBearer ${token}`, notForUs],
]

t.test('an Authorization header with', async (t) => {
  for (const [what, authorization, challenge] of headers) {
    const status = challenge === accepted ? 200 : 401
    t.test(`${what}: ${status}`, async (t) => {
      const res = await answer({ url: '/private', headers: { authorization } })
      t.equal(res.status, status)
      t.equal(res.headers['www-authenticate'], challenge)
    })
  }
})

const withoutToken: Record<string, RequestParts> = {
  'GET /private': { url: '/private' },
  'HEAD /private': { method: 'HEAD', url: '/private' },
  'GET /auth': { url: '/auth' },
  'POST /logout': { method: 'POST', url: '/logout' },
  'POST /auth with a wrong password': {
    method: 'POST',
    url: '/auth',
    headers: formType,
    body: 'username=ada&password=wrong',
  },
}

t.test('without a token the challenge is bare: no error has happened', async (t) => {
  for (const [what, request] of Object.entries(withoutToken)) {
    for (const accept of ['text/html', 'application/json', '*/*']) {
      const res = await answer({ ...request, headers: { ...request.headers, accept } })
      t.equal(res.status, 401, what)
      t.equal(res.headers['www-authenticate'], 'Bearer')
    }
  }
})

t.test('only a 401 has a challenge', async (t) => {
  for (const [url, status] of [
    ['/home', 200],
    ['/nowhere', 404],
    ['/logout', 405],
  ] as const) {
    const res = await answer({ url })
    t.equal(res.status, status)
    t.equal(res.headers['www-authenticate'], undefined)
  }
})
