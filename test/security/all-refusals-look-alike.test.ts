// S12: whoever forges a token learns nothing from the answer about how far it got.
import t from 'tap'
import type { Handler } from '../../example/http/types.ts'
import {
  appOfAda,
  forge,
  goodClaims,
  goodHeader,
  NOW,
  segment,
  sessionToken,
} from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const good = sessionToken()
const [header = '', payload = '', signature = ''] = good.split('.')
const claims = JSON.stringify(goodClaims())
const withHeader = (replaced: object) => forge(goodClaims(), { ...goodHeader, ...replaced })
const endedId = '00000000-0000-4000-8000-000000000000'

/** What is wrong with the token, the token, and the word in the log. */
const refused: Array<[what: string, token: string, reason: string]> = [
  ['a word', 'token', 'form'],
  ['two segments', `${header}.${payload}`, 'form'],
  ['four segments', `${good}.${signature}`, 'form'],
  ['an empty signature', `${header}.${payload}.`, 'signature'],
  ['padding', `${good}=`, 'form'],
  ['the other base64 alphabet', `${header}.${payload}.${signature.slice(2)}+/`, 'form'],
  ['nine thousand characters', `${good}${'A'.repeat(9000)}`, 'length'],
  ['a header that is no JSON', forge(goodClaims(), 'header'), 'header'],
  ['alg twice in the header', forge(goodClaims(), '{"alg":"none","alg":"HS256"}'), 'header'],
  ['another typ', withHeader({ typ: 'JWT' }), 'type'],
  ['no typ', withHeader({ typ: undefined }), 'type'],
  ['alg none', withHeader({ alg: 'none' }), 'algorithm'],
  ['alg nOnE', withHeader({ alg: 'nOnE' }), 'algorithm'],
  ['alg HS512', withHeader({ alg: 'HS512' }), 'algorithm'],
  ['a crit header', withHeader({ crit: ['exp'] }), 'critical'],
  ['a key of its own', withHeader({ jwk: { kty: 'oct', k: 'AAAA' } }), 'embedded-key'],
  ['an unknown kid', withHeader({ kid: '../../dev/null' }), 'key'],
  ['no kid', withHeader({ kid: undefined }), 'key'],
  ['another secret', forge(goodClaims(), goodHeader, 'another secret'), 'signature'],
  [
    'a changed payload',
    `${header}.${segment(goodClaims({ sub: 'eve' }))}.${signature}`,
    'signature',
  ],
  ['a payload of null', forge('null'), 'claims'],
  ['a payload that is no JSON', forge('Hello'), 'claims'],
  ['sub twice in the payload', forge(claims.replace('{', '{"sub":"eve",')), 'claims'],
  ['no exp', sessionToken({ exp: undefined }), 'expiry'],
  ['an exp of a second ago', sessionToken({ iat: NOW - 9, exp: NOW - 1 }), 'expiry'],
  ['an exp in milliseconds', sessionToken({ exp: NOW * 1000 }), 'lifetime'],
  ['a nbf of tomorrow', sessionToken({ nbf: NOW + 86_400 }), 'not-before'],
  ['an iat of in a minute', sessionToken({ iat: NOW + 60 }), 'issued-at'],
  ['another issuer', sessionToken({ iss: 'https://issuer.example' }), 'issuer'],
  ['another audience', sessionToken({ aud: 'https://audience.example' }), 'audience'],
  ['a list as its sub', sessionToken({ sub: ['ada'] }), 'identifiers'],
  ['a number as its jti', sessionToken({ jti: 1 }), 'identifiers'],
  ['the name of another', sessionToken({ sub: 'eve' }), 'no-live-session'],
  ['a session that never was', sessionToken({ jti: endedId }), 'no-live-session'],
]

function answer(app: Handler, headers: Record<string, string>, url = '/private') {
  return ask(app, { method: url === '/private' ? 'GET' : 'POST', url, headers })
}

t.test('the good token, from which all the bad ones are made, is accepted', async (t) => {
  const { app } = await appOfAda()
  t.equal((await answer(app, { authorization: `Bearer ${good}` })).status, 200)
})

const carriers: Record<string, (token: string) => Record<string, string>> = {
  'in the header': (token) => ({ authorization: `Bearer ${token}` }),
  'in the cookie': (token) => ({ cookie: `session=${token}` }),
  'in the header, for JSON': (token) => ({
    authorization: `Bearer ${token}`,
    accept: 'application/json',
  }),
}

for (const url of ['/private', '/logout']) {
  for (const [where, carry] of Object.entries(carriers)) {
    t.test(`${url}, ${refused.length} bad tokens ${where}: one answer`, async (t) => {
      const { app } = await appOfAda()
      const expected = await answer(app, carry('x.y.z'), url)
      t.equal(expected.status, 401)
      t.equal(expected.headers['www-authenticate'], 'Bearer error="invalid_token"')
      for (const [what, token] of refused)
        t.strictSame(await answer(app, carry(token), url), expected, what)
    })
  }
}

t.test('only the log says which check refused it', async (t) => {
  for (const [what, token, reason] of refused) {
    const { app, events } = await appOfAda()
    await answer(app, { authorization: `Bearer ${token}` })
    const refusal = { level: 'warn', event: 'token refused', fields: { reason } }
    t.strictSame(events, [refusal], `with ${what}: ${reason}`)
  }
})
