// S25, S26: signed is not encrypted. Anybody who holds a token can read it, so it holds no more than
// these names; and its times are whole seconds.
import t from 'tap'
import { decode } from '../../example/token/decode.ts'
import { formType, NOW, testApp } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

async function issued(environment: Record<string, string> = {}, extra = '') {
  const { app } = await testApp({ environment })
  const headers = { ...formType, 'user-agent': 'Browser of Ada Lovelace' }
  const body = `username=masterbuilder&password=itsnosecret${extra}`
  const res = await ask(app, { method: 'POST', url: '/auth', headers, body })
  return decode(res.headers.authorization ?? '')
}

t.test('the header names the algorithm, the kind and the key, and nothing else', async (t) => {
  const { header } = await issued()
  t.strictSame(header, { alg: 'HS256', typ: 'session+jwt', kid: 'sessions-1' })
})

t.test('the payload has six registered claims and no other', async (t) => {
  const { claims } = await issued()
  t.match(claims?.jti, /^[0-9a-f-]{36}$/)
  t.strictSame(claims, {
    iss: 'learn-json-web-tokens',
    sub: 'masterbuilder',
    aud: 'learn-json-web-tokens/sessions',
    iat: NOW,
    exp: NOW + 604_800,
    jti: claims?.jti,
  })
})

t.test('no field of the form becomes a claim', async (t) => {
  const { claims } = await issued({}, '&role=admin&sub=eve&exp=9999999999&claims[role]=admin')
  t.strictSame(Object.keys(claims ?? {}).sort(), ['aud', 'exp', 'iat', 'iss', 'jti', 'sub'])
  t.equal(claims?.sub, 'masterbuilder')
})

t.test('nothing in it is private: no password, no address, no browser', async (t) => {
  const text = JSON.stringify(await issued())
  for (const word of ['itsnosecret', '192.0.2.1', 'Lovelace', 'password'])
    t.notOk(text.includes(word), word)
})

const lifetimes: Record<string, number> = {
  '1s': 1,
  '60s': 60, // `expiresIn: '60'` of jsonwebtoken would be 60 milliseconds
  '10m': 600,
  '1h30m': 5400,
  '7d': 604_800,
  '365d': 31_536_000,
}

t.test('exp is iat and the lifetime, to the second', async (t) => {
  for (const [text, seconds] of Object.entries(lifetimes)) {
    const { claims } = await issued({ SESSION_LIFETIME: text })
    t.ok(Number.isSafeInteger(claims?.iat) && Number.isSafeInteger(claims?.exp), text)
    t.equal(Number(claims?.exp) - Number(claims?.iat), seconds)
  }
})
