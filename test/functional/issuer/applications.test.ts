import { randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import t from 'tap'
import { customClaims } from '../../../example/issuer/custom-claims.ts'
import { encrypting, signing } from '../../../example/issuer/key-kinds.ts'
import { Rings } from '../../../example/issuer/rings.ts'
import { encryptionKey } from '../../../example/token/encryption-key.ts'
import { keyPair } from '../../../example/token/key.ts'
import { privateJwk } from '../../../example/token/private-jwk.ts'
import { NOW } from '../../support/fixtures.ts'
import {
  administrator,
  application,
  call,
  namespace,
  signIn,
  testIssuer,
  user,
} from '../../support/issuer.ts'
import { rsa } from '../../support/rsa.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

t.test('an application registers, with a token that is good for one', async (t) => {
  const server = await testIssuer()
  const token = await server.registrations.make(NOW + 3600)
  const register = (kid: string, body: object = {}) =>
    call(server, `POST /register/${kid}`, body, bearer(token))
  const { status, json } = await register('shop', { sig_alg: 'EdDSA', auth_ttl: '5m' })
  t.equal(status, 201)
  t.hasStrict(json, {
    kid: 'shop',
    valid: true,
    expiry: NOW + 15_552_000,
    refresh_strategy: 'noRefresh',
  })
  t.match(json.client_token, /^[\w-]{43}$/)
  t.hasStrict(json.pub_sig_key, { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  t.hasStrict(json.pub_enc_key, { kty: 'EC', crv: 'P-256', use: 'enc' })
  t.notOk('d' in json.pub_sig_key || 'd' in json.pub_enc_key, 'no private half')
  t.equal((await register('other')).status, 401, 'the token is used up')
  t.notMatch(
    JSON.stringify(await server.store.get({ kind: 'namespace', owner: 'all', id: 'shop' })),
    json.client_token,
  )
})

t.test('who has no good registration token registers nothing', async (t) => {
  const server = await testIssuer()
  const token = await server.registrations.make(NOW + 3600)
  t.equal((await call(server, 'POST /register/shop', {})).status, 401)
  t.equal((await call(server, 'POST /register/shop', {}, bearer('a'))).status, 401)
  await namespace(server, 'shop')
  t.equal((await call(server, 'POST /register/shop', {}, bearer(token))).status, 409)
  t.equal((await call(server, 'POST /register/Shop', {}, bearer(token))).status, 422)
  server.clock.now += 3600
  t.equal((await call(server, 'POST /register/club', {}, bearer(token))).status, 401, 'too late')
})

t.test('of fifty registrations with one token, one succeeds', async (t) => {
  const server = await testIssuer()
  const token = await server.registrations.make(NOW + 3600)
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      call(server, `POST /register/app-${n}`, {}, bearer(token)),
    ),
  )
  t.equal(all.filter(({ status }) => status === 201).length, 1)
})

t.test('of two that register one name at once, one gets it', async (t) => {
  const server = await testIssuer()
  server.namespaces.find = async () => undefined // both look before the other has written
  const both = await Promise.all(
    [1, 2].map(async () => {
      const token = await server.registrations.make(NOW + 3600)
      return await call(server, 'POST /register/shop', {}, bearer(token)).catch(() => ({
        status: 404,
      }))
    }),
  )
  t.ok(both.some(({ status }) => status === 409))
})

t.test('what it wishes is done, or refused by its name', async (t) => {
  const server = await testIssuer()
  const register = async (wishes: object) => {
    const token = await server.registrations.make(NOW + 3600)
    return await call(server, 'POST /register/shop', wishes, bearer(token))
  }
  const refused: Array<[wishes: object, description: string]> = [
    [
      { sig_alg: 'none' },
      'sig_alg: must be one of HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA',
    ],
    [{ sig_alg: 'ES512', sig_bits: 512 }, 'sig_bits: a key for ES512 has 521 bits here'],
    [{ sig_alg: 'RS256', sig_bits: 1024 }, 'sig_bits: a key for RS256 has 3072 bits here'],
    [{ sig_alg: 'EdDSA', sig_bits: '256' }, 'sig_bits: a key for EdDSA has 256 bits here'],
    [
      { enc_alg: 'RSA1_5' },
      'enc_alg: RSA1_5 is not used here: its padding tells whoever asks often enough what was encrypted (RFC 8725 §3.2)',
    ],
    [{ enc_alg: 'RSA-OAEP', enc_bits: 2048 }, 'enc_bits: a key for RSA-OAEP has 3072 bits here'],
    [{ enc_bits: 512 }, 'enc_bits: must be 256, 384 or 521'],
    [{ cont_enc: 'A128CBC-HS256' }, 'cont_enc: must be one of A128GCM, A192GCM, A256GCM'],
    [
      { refresh_strategy: 'always' },
      'refresh_strategy: must be one of noRefresh, refreshOnExpire, refreshBoth',
    ],
    [{ auth_ttl: 900 }, 'auth_ttl: must be a duration such as 90s, 15m or 72h'],
    [{ auth_ttl: '72h' }, 'refresh_ttl: must be longer than auth_ttl'],
    [{ refresh_ttl: '4320h' }, 'expiry: must be longer than refresh_ttl'],
  ]
  for (const [wishes, description] of refused) {
    const { status, json } = await register(wishes)
    t.equal(status, 422, description)
    t.equal(json.error_description, description)
  }
  const { json } = await register({
    sig_alg: 'HS512',
    sig_bits: 512,
    enc_alg: 'ECDH-ES',
    enc_bits: 384,
    cont_enc: 'A128GCM',
    expiry: '2160h',
    auth_ttl: '10m',
    refresh_ttl: '24h',
    refresh_strategy: 'refreshOnExpire',
  })
  t.hasStrict(json, { expiry: NOW + 2160 * 3600, refresh_strategy: 'refreshOnExpire' })
  t.notOk('pub_sig_key' in json, 'a secret has no public half')
  t.hasStrict(json.pub_enc_key, { crv: 'P-384', alg: 'ECDH-ES' })
  t.hasStrict((await server.findPlace('shop')).namespace, {
    maxAccessSeconds: 600,
    maxRefreshSeconds: 86_400,
  })
})

t.test('RSA for both, as JWTIS has it', async (t) => {
  const server = await testIssuer()
  // Each of the four would take a second to draw.
  const signs = new Rings(server.store, {
    ...signing,
    fresh: async ({ alg }) => privateJwk(keyPair({ kid: randomUUID(), alg, ...rsa })),
  })
  const encrypts = new Rings(server.store, {
    ...encrypting,
    fresh: async ({ encryption: { alg } }) =>
      privateJwk(encryptionKey({ kid: randomUUID(), alg, ...rsa })),
  })
  server.signingKeys.make = signs.make.bind(signs)
  server.encryptionKeys.make = encrypts.make.bind(encrypts)
  const ask = await application(server, 'shop', {
    sig_alg: 'PS384',
    sig_bits: 3072,
    enc_alg: 'RSA-OAEP-256',
    enc_bits: 3072,
  })
  const { access_token, refresh_token } = (await ask('POST /issue_token', {})).json
  t.hasStrict(decodeProtectedHeader(access_token), { alg: 'PS384' })
  t.hasStrict(decodeProtectedHeader(refresh_token), { alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 201)
})

t.test('it is given the tokens that it asks for', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const { status, json } = await ask('POST /issue_token', {
    auth_token_valid_time: '2m',
    resresh_token_valid_time: '1h', // as JWTIS spells it
    claims: { sub: 'ada', aud: 'shop', cart: [1, { two: 'drei' }], name: 'Ada <b>&' },
  })
  t.equal(status, 201)
  const { id, access_token, auth_token, expiry } = json
  t.equal(auth_token, access_token)
  t.equal(expiry, NOW + 120)
  const claims = decodeJwt(access_token)
  const { sid, ...said } = claims
  t.match(sid, /^[0-9a-f-]{36}$/)
  t.same(said, {
    iss: 'http://localhost:8082/shop',
    sub: 'ada',
    aud: 'shop',
    iat: NOW,
    exp: expiry,
    jti: id,
    client_id: 'shop',
    cart: [1, { two: 'drei' }],
    name: 'Ada <b>&',
  })
  const plain = decodeJwt((await ask('POST /issue_token', {})).json.access_token)
  t.hasStrict(plain, { sub: 'shop', exp: NOW + 900 })
})

t.test('a number that a double does not keep is refused by the claim that has it', async (t) => {
  const claimsOf = (n: string) => {
    const body = `{"kid":"shop","claims":{"yes":true,"fine":1.10,"n":${n}}}`
    return customClaims(JSON.parse(body).claims, 'shop', body).claims
  }
  for (const number of [
    '1e400',
    '-1e400',
    '1e-400',
    '0.1000000000000000055',
    '12345678901234567890',
    '9007199254740992',
    '[{"a": 1e-400}]',
  ])
    t.throws(
      () => claimsOf(number),
      { status: 422, message: 'claims.n: has a number that a double does not keep: send a text' },
      number,
    )
  // As people write them, and as programs do that write all seventeen digits.
  const short = ['0.1', '1.10', '1e3', '10E-1', '0.0', '0e9', '-0', '-0.5', '1e-7', '5e-324']
  const long = ['0.10000000000000001', '3.1400000000000001', '19.989999999999998']
  for (const number of [...short, ...long])
    t.same(claimsOf(number), { yes: true, fine: 1.1, n: Number(number) }, number)
  t.same(claimsOf('["1e400", -9007199254740991, null]').n, ['1e400', -9007199254740991, null])
})

t.test('what it may not say is refused by its name, and nothing is written', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const refused: Array<[fields: object, status: number, start: string]> = [
    ...['iss', 'exp', 'iat', 'nbf', 'jti', 'sid', 'client_id'].map(
      (name): [object, number, string] => [
        { claims: { [name]: 1 } },
        422,
        `claims.${name}: cannot be given: this server says it`,
      ],
    ),
    [
      { claims: JSON.parse('{"__proto__":{"admin":true}}') },
      422,
      'claims.__proto__: cannot be given',
    ],
    [{ claims: { constructor: 1 } }, 422, 'claims.constructor: cannot be given'],
    [{ claims: { sub: 'a b' } }, 422, 'claims.sub: must be 1 to 128'],
    [{ claims: { sub: ['ada'] } }, 422, 'claims.sub: must be 1 to 128'],
    [{ claims: { aud: 'club' } }, 422, 'claims.aud: must be shop'],
    [{ claims: { aud: ['shop', 'club'] } }, 422, 'claims.aud: must be shop'],
    [{ claims: [] }, 422, 'claims: must be an object'],
    [{ claims: { long: 'é'.repeat(2100) } }, 422, 'claims: must have 4096 bytes or less'],
    [{ auth_token_valid_time: '16m' }, 400, 'auth_token_valid_time: must be 15 minutes or less'],
    [{ auth_token_valid_time: 60 }, 400, 'auth_token_valid_time: must be a duration'],
    [{ refresh_token_valid_time: '73h' }, 400, 'refresh_token_valid_time: must be 3 days or less'],
    [
      { refresh_token_valid_time: '1h', resresh_token_valid_time: '1h' },
      400,
      'refresh_token_valid_time: came in both',
    ],
    [{ expiry: '1h' }, 400, 'Cannot read the body: it has fields that are not known: "expiry"'],
  ]
  for (const [fields, status, start] of refused) {
    const answer = await ask('POST /issue_token', fields)
    t.equal(answer.status, status, JSON.stringify(fields).slice(0, 60))
    t.ok(answer.json.error_description.startsWith(start), answer.json.error_description)
  }
  const { namespace: shop } = await server.findPlace('shop')
  for await (const grant of server.grants.liveOf(shop.nsId, undefined, NOW)) t.fail(grant.id)
})

t.test('it renews them as it registered, or as this request says', async (t) => {
  const server = await testIssuer()
  const ask = await application(server, 'shop', { refresh_strategy: 'refreshBoth' })
  const claims = { sub: 'ada', cart: [7] }
  const { refresh_token, id } = (await ask('POST /issue_token', { claims })).json
  const kept = await ask('POST /renew_token', { refresh_token, refresh_strategy: 'noRefresh' })
  t.equal(kept.status, 201)
  t.not(kept.json.id, id, 'a token of its own')
  t.hasStrict(decodeJwt(kept.json.access_token), { ...claims, iat: NOW, jti: kept.json.id })
  const exchanged = (await ask('POST /renew_token', { refresh_token })).json
  server.clock.now += 11
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 401, 'it was exchanged')
  t.equal(
    (await ask('POST /renew_token', exchanged)).status,
    400,
    'with what does not belong there',
  )
  const { refresh_token: next } = exchanged
  t.equal((await ask('POST /renew_token', { refresh_token: next })).status, 401, 'and in two hands')
  t.equal(
    (await ask('POST /renew_token', { refresh_token: next, refresh_strategy: 'never' })).status,
    422,
  )
})

t.test('a claim with a name that every object has is refused', async (t) => {
  const ask = await application(await testIssuer())
  for (const name of ['hasOwnProperty', 'toString', 'valueOf'])
    t.equal((await ask('POST /issue_token', { claims: { [name]: 1 } })).status, 422, name)
})

t.test('its refresh token is of no use without its client token', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const { namespace: shop } = await server.findPlace('shop')
  await server.namespaces.change(shop, (now) => ({ ...now, isOpen: true }))
  const { refresh_token } = (await ask('POST /issue_token', {})).json
  const given = { namespace: 'shop', refresh_token }
  t.equal((await call(server, 'POST /token/access', given)).status, 401)
  t.equal((await call(server, 'POST /token/refresh-access', given)).status, 401)
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 201)
})

t.test('nobody wishes for tokens that last for centuries', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await namespace(server, 'shop')
  const fields = { auth_ttl: '8d', refresh_ttl: '366d', expiry: '3651d' }
  for (const [field, duration] of Object.entries(fields)) {
    const wishes = { namespace: 'shop', [field]: duration }
    const { status, json } = await admin('namespaces/change', wishes)
    t.equal(status, 422)
    t.match(json.error_description, new RegExp(`^${field}: must be .* days or less$`))
  }
})

t.test('it revokes them, and what a user of its namespace holds', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const { access_token, refresh_token } = (await ask('POST /issue_token', {})).json
  const valid = async (access_token: string) =>
    (await call(server, 'POST /token/valid', { namespace: 'shop', access_token })).json.valid
  t.ok(await valid(access_token))
  t.equal((await ask('POST /revoke_token', { refresh_token })).status, 200)
  t.notOk(await valid(access_token))
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 401)
  const { namespace: shop } = await server.findPlace('shop')
  await server.namespaces.change(shop, (now) => ({ ...now, isOpen: true }))
  await user(server, shop)
  const ada = await signIn(server)
  t.equal((await ask('POST /revoke_token', { refresh_token: ada.refresh_token })).status, 200)
  t.notOk(await valid(ada.token))
})

t.test('new keys: tokens of the old ones stay good', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const { refresh_token } = (await ask('POST /issue_token', {})).json
  const before = (await call(server, 'GET /keys/shop')).json
  server.clock.now += 60
  const after = await ask('POST /renew_keys', {})
  t.equal(after.status, 200)
  t.not(after.json.pub_sig_key.kid, before.pub_sig_key.kid)
  t.not(after.json.pub_enc_key.kid, before.pub_enc_key.kid)
  t.equal(after.json.expiry, before.expiry + 60)
  t.same((await call(server, 'GET /keys/shop')).json, after.json)
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 201)
})

t.test('nothing without its own client token', async (t) => {
  const server = await testIssuer()
  await application(server, 'shop')
  const other = await application(server, 'club')
  await namespace(server, 'none')
  const { refresh_token } = (await other('POST /issue_token', {})).json
  for (const route of ['renew_keys', 'issue_token', 'renew_token', 'revoke_token']) {
    const body = { ...(/(renew|revoke)_token/.test(route) && { refresh_token }) }
    const answers = [
      await other(`POST /${route}`, { ...body, kid: 'shop' }),
      await call(server, `POST /${route}`, { ...body, kid: 'shop' }, bearer('')),
      await call(server, `POST /${route}`, { ...body, kid: 'none' }, bearer('a')),
    ]
    t.same(
      answers.map(({ status }) => status),
      [401, 401, 401],
      route,
    )
    t.equal(
      (await call(server, `POST /${route}`, { ...body, kid: 'shop' })).headers['www-authenticate'],
      'Bearer',
    )
    t.equal((await other(`POST /${route}`, { ...body, kid: 'unknown' })).status, 404)
  }
  t.equal(
    (await other('POST /renew_token', { refresh_token })).status,
    201,
    'and nothing was revoked',
  )
})
