import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import t from 'tap'
import { issue } from '../../../example/token/issue.ts'
import { NOW } from '../../support/fixtures.ts'
import { call, namespace, signIn, testIssuer, user } from '../../support/issuer.ts'

t.test('whoever has the secret and makes up a subject is refused, and nothing fails', async (t) => {
  const server = await testIssuer()
  await namespace(server, 'shop', { alg: 'HS256' })
  const { keys } = await server.findPlace('shop')
  const { now } = server.clock
  const claims = { sid: randomUUID() }
  const said = { subject: 'a'.repeat(128), id: randomUUID(), lifetimeSeconds: 60, claims }
  const policy = {
    algorithms: ['HS256'] as const,
    type: 'at+jwt',
    issuer: `${server.config.issuer}/shop`,
    audience: 'shop',
    maxLength: 8192,
    maxLifetimeSeconds: 60,
    leewaySeconds: 0,
  }
  const access_token = await issue(said, { key: keys.current, policy, now })
  const given = { namespace: 'shop', access_token }
  const { status, json } = await call(server, 'POST /token/valid', given)
  t.same([status, json], [200, { valid: false }])
})

t.test(
  'an access token holds under the published keys, for anybody who has a library',
  async (t) => {
    const server = await testIssuer()
    const shop = await namespace(server, 'shop')
    await user(server, shop, 'Ada', { groups: ['staff', 'gone'], organisations: ['acme'] })
    const { token } = await signIn(server, 'shop', 'ada')
    const { json, headers } = await call(server, 'GET /shop/.well-known/jwks.json')
    const { payload } = await jwtVerify(token, createLocalJWKSet(json), {
      currentDate: new Date(NOW * 1000),
      issuer: 'http://localhost:8082/shop',
      audience: 'shop',
      typ: 'at+jwt',
    })
    const { sub, usr, grp, org, iat, exp } = payload
    t.same(
      { sub, usr, grp, org, iat, exp },
      { sub: 'ada', usr: 'Ada', grp: ['staff'], org: ['acme'], iat: NOW, exp: NOW + 900 },
      'of the groups those that the namespace has, too',
    )
    t.equal(json.keys.length, 2, 'the next key is published before it signs')
    t.equal(headers['cache-control'], 'public, max-age=300')
  },
)

t.test('whoever carries a refresh token reads nothing in it', async (t) => {
  const server = await testIssuer()
  await user(server, await namespace(server, 'shop'))
  const { refresh_token } = await signIn(server)
  const { kid, ...header } = decodeProtectedHeader(refresh_token)
  t.same(Object.keys(header).sort(), ['alg', 'cty', 'enc', 'epk'])
  t.hasStrict(header, { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', cty: 'JWT' })
  t.equal(refresh_token.split('.').length, 5)
})
