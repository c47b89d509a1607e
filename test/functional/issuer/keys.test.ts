import { createPublicKey } from 'node:crypto'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import t from 'tap'
import { administrator, call, namespace, signIn, testIssuer, user } from '../../support/issuer.ts'

const day = 86_400

/** A shop with Ada, its key set as a verifier sees it, and whether that proves a token. */
async function shop(alg: 'ES256' | 'HS256' | 'EdDSA' = 'ES256') {
  const server = await testIssuer()
  const place = await namespace(server, 'shop', { alg })
  await user(server, place)
  const admin = await administrator(server)
  const set = async () => (await call(server, 'GET /shop/.well-known/jwks.json')).json
  const proves = async (keys: Parameters<typeof createLocalJWKSet>[0], token: string) =>
    await jwtVerify(token, createLocalJWKSet(keys), {
      currentDate: new Date(server.clock.now * 1000),
    })
      .then(() => true)
      .catch(() => false)
  return { server, place, admin, set, proves }
}

t.test('a set that was fetched before a rotation proves what is signed after it', async (t) => {
  const { server, admin, set, proves } = await shop()
  const before = await set()
  const old = await signIn(server)
  t.equal((await admin('keys/rotate', { namespace: 'shop' })).status, 200)
  const fresh = await signIn(server)
  t.not(decodeProtectedHeader(fresh.token).kid, decodeProtectedHeader(old.token).kid)
  t.ok(await proves(before, fresh.token), 'the next key was in it')
  t.ok(await proves(await set(), old.token), 'and the old one still is')
  const renewed = await call(server, 'POST /token/access', {
    namespace: 'shop',
    refresh_token: old.refresh_token,
  })
  t.equal(renewed.status, 200, 'its encryption key was rotated, too')
})

t.test('by its age at the next use: of fifty who find it too old, one rotates', async (t) => {
  const { server, set } = await shop()
  const [first, second] = (await set()).keys
  server.clock.now += 180 * day
  await Promise.all(Array.from({ length: 50 }, set))
  const kids = (await set()).keys.map(({ kid }: { kid: string }) => kid)
  t.equal(kids.length, 3)
  t.equal(kids[0], second.kid)
  t.equal(kids[2], first.kid, 'retired')
  server.clock.now += day + 61
  t.equal((await set()).keys.length, 2, 'until the last token that it signed has expired')
})

t.test('a dropped key: its tokens are refused from now on', async (t) => {
  const { server, admin, set, proves } = await shop()
  const { token, refresh_token } = await signIn(server)
  const kid = decodeProtectedHeader(token).kid
  const { status, json } = await admin('keys/drop', { namespace: 'shop', kid })
  t.equal(status, 200)
  t.notOk(json.signing_kids.includes(kid))
  t.notOk(await proves(await set(), token))
  const access = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
  t.equal(access.status, 401, 'the refresh token was signed with it, too')
  t.equal((await admin('keys/drop', { namespace: 'shop', kid })).status, 404)
})

t.test('a dropped encryption key, too', async (t) => {
  const { server, admin } = await shop()
  const { refresh_token } = await signIn(server)
  const { kid } = decodeProtectedHeader(refresh_token)
  t.equal((await admin('keys/drop', { namespace: 'shop', kid })).status, 200)
  const access = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
  t.equal(access.status, 401)
})

t.test('by hand twenty times, and not without end', async (t) => {
  const { admin } = await shop('EdDSA')
  for (let n = 0; n < 20; n += 1)
    t.equal((await admin('keys/rotate', { namespace: 'shop' })).status, 200)
  t.equal((await admin('keys/rotate', { namespace: 'shop' })).status, 409)
})

t.test('the public key for those who know no key set, in each of its forms', async (t) => {
  const { server, set } = await shop()
  const [first] = (await set()).keys
  const ask = (more: object) => call(server, 'POST /token/public', { namespace: 'shop', ...more })
  for (const form of ['pem', 'base64', 'hex'] as const) {
    const { alg, kid, key } = (await ask({ encoding_form: form })).json
    t.same({ alg, kid }, { alg: 'ES256', kid: first.kid })
    const read =
      form === 'pem'
        ? createPublicKey(key)
        : createPublicKey({ key: Buffer.from(key, form), format: 'der', type: 'spki' })
    t.equal(read.export({ format: 'jwk' }).x, first.x, form)
  }
  t.match((await ask({})).json.key, /^-----BEGIN PUBLIC KEY-----/)
  t.equal((await ask({ encoding_form: 'der' })).status, 400)
})

t.test(
  'a secret is in no set and in no answer, but for an administrator who asks for it',
  async (t) => {
    const { server, admin } = await shop('HS256')
    t.equal((await call(server, 'GET /shop/.well-known/jwks.json')).status, 404)
    t.equal((await call(server, 'POST /token/public', { namespace: 'shop' })).status, 404)
    const { json } = await call(server, 'GET /keys/shop')
    t.notOk('pub_sig_key' in json)
    const { secret, kid, alg } = (await admin('keys/secret', { namespace: 'shop' })).json
    const { token } = await signIn(server)
    t.equal(decodeProtectedHeader(token).kid, kid)
    const options = { currentDate: new Date(server.clock.now * 1000), algorithms: [alg] }
    const { payload } = await jwtVerify(token, Buffer.from(secret, 'base64url'), options)
    t.equal(payload.usr, 'ada')
    t.equal((await (await shop('EdDSA')).admin('keys/secret', { namespace: 'shop' })).status, 422)
  },
)

t.test('a set of a namespace that is not there is 404', async (t) => {
  const { server } = await shop()
  t.equal((await call(server, 'GET /none/.well-known/jwks.json')).status, 404)
})
