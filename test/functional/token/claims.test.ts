import t from 'tap'
import { claimMeanings, timeClaims } from '../../../example/token/claims.ts'

t.test('every claim that we know is explained, with the section that registers it', async (t) => {
  const sections = [...claimMeanings].map(([name, { rfc }]) => [name, rfc])
  t.same(sections, [
    ['iss', 'RFC 7519 §4.1.1'],
    ['sub', 'RFC 7519 §4.1.2'],
    ['aud', 'RFC 7519 §4.1.3'],
    ['exp', 'RFC 7519 §4.1.4'],
    ['nbf', 'RFC 7519 §4.1.5'],
    ['iat', 'RFC 7519 §4.1.6'],
    ['jti', 'RFC 7519 §4.1.7'],
    ['sid', 'OpenID Connect Front-Channel Logout 1.0 §3'],
  ])
})

t.test('every meaning says what the three letters stand for, and then what they do', async (t) => {
  for (const [name, { meaning }] of claimMeanings) t.match(meaning, /^[A-Z][A-Za-z ]+: \w+/, name)
})

t.test('the claims that are times are exp, nbf and iat', async (t) => {
  t.same(timeClaims, ['exp', 'nbf', 'iat'])
})
