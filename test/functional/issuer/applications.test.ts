import { decodeJwt } from 'jose'
import t from 'tap'
import { NOW } from '../../support/fixtures.ts'
import { application, call, testIssuer } from '../../support/issuer.ts'

t.test('an application registers once, with a token for one registration', async (t) => {
  const server = await testIssuer()
  const token = await server.registrations.make(NOW + 3600)
  const register = (kid: string, body?: object) =>
    call(server, `POST /register/${kid}`, body, { headers: { authorization: `Bearer ${token}` } })
  const { status, json } = await register('shop', { sig_alg: 'EdDSA', auth_ttl: '5m' })
  t.equal(status, 201)
  t.hasStrict(json, { kid: 'shop', valid: true, expiry: NOW + 15_552_000 })
  t.match(json.client_token, /^[\w-]{43}$/)
  t.hasStrict(json.pub_sig_key, { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  t.hasStrict(json.pub_enc_key, { kty: 'EC', crv: 'P-256', use: 'enc' })
  t.notOk('d' in json.pub_sig_key || 'd' in json.pub_enc_key, 'no private half')
  t.equal((await register('other')).status, 401, 'the token is used up')
  t.equal((await register('shop')).status, 409)
})

t.test('it is given the tokens that it asks for, and renews and revokes them', async (t) => {
  const server = await testIssuer()
  const ask = await application(server, 'shop')
  const issued = await ask('POST /issue_token', {
    auth_token_valid_time: '2m',
    resresh_token_valid_time: '1h',
    claims: { sub: 'ada', cart: [1, 2] },
  })
  t.equal(issued.status, 201)
  const { id, access_token, auth_token, refresh_token, expiry } = issued.json
  t.equal(auth_token, access_token)
  t.hasStrict(decodeJwt(access_token), {
    sub: 'ada',
    aud: 'shop',
    client_id: 'shop',
    cart: [1, 2],
    jti: id,
    exp: expiry,
    iat: NOW,
  })
  t.equal(expiry, NOW + 120)
  const renewed = await ask('POST /renew_token', { refresh_token, refresh_strategy: 'refreshBoth' })
  t.equal(renewed.status, 201)
  t.not(renewed.json.refresh_token, refresh_token)
  t.not(renewed.json.id, id)
  const revoked = await ask('POST /revoke_token', { refresh_token: renewed.json.refresh_token })
  t.equal(revoked.status, 200)
  const after = await ask('POST /renew_token', { refresh_token: renewed.json.refresh_token })
  t.equal(after.status, 401)
})
