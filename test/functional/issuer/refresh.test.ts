import { decodeJwt } from 'jose'
import t from 'tap'
import type { Namespace } from '../../../example/issuer/namespace.ts'
import { inNewEpoch } from '../../../example/issuer/user.ts'
import { call, namespace, signIn, testIssuer, user } from '../../support/issuer.ts'

/** Ada, signed in at the shop: both of her tokens, and the questions that can be asked with them. */
async function ada(environment: Record<string, string> = {}, rules: Partial<Namespace> = {}) {
  const server = await testIssuer({ environment })
  const shop = await namespace(server, 'shop', rules)
  await user(server, shop)
  const tokens = await signIn(server)
  const ask = (path: string, fields: object) =>
    call(server, `POST /token/${path}`, { namespace: 'shop', ...fields })
  const access = (refresh_token: string) => ask('access', { refresh_token })
  const both = (refresh_token: string) => ask('refresh-access', { refresh_token })
  const valid = async (access_token: string, more: object = {}) =>
    (await ask('valid', { access_token, ...more })).json.valid
  return { server, shop, ...tokens, ask, access, both, valid }
}

t.test('/token/access leaves the refresh token as it is, forty times at once', async (t) => {
  const { access, refresh_token } = await ada()
  const answers = await Promise.all(Array.from({ length: 40 }, () => access(refresh_token)))
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]))
  t.equal(new Set(answers.map(({ json }) => decodeJwt(json.token).jti)).size, 40)
})

t.test('/token/refresh-access exchanges it: the old one is good no more', async (t) => {
  const { server, both, access, valid, refresh_token } = await ada()
  const { status, json } = await both(refresh_token)
  t.equal(status, 200)
  t.same(Object.keys(json).sort(), ['access_token', 'refresh_token'])
  t.ok(await valid(json.access_token, { refresh_token: json.refresh_token }))
  t.notOk(await valid(json.access_token, { refresh_token }), 'one that was exchanged is none')
  t.equal((await access(json.refresh_token)).status, 200)
  server.clock.now += 11
  t.equal((await access(refresh_token)).status, 401)
})

t.test('an exchanged one that comes again ends everything: it is in two hands', async (t) => {
  const { server, both, access, valid, token, refresh_token } = await ada()
  const { json: next } = await both(refresh_token)
  server.clock.now += 11
  t.ok(await valid(token), 'until then all is well')
  t.equal((await access(refresh_token)).status, 401)
  t.equal((await access(next.refresh_token)).status, 401, 'the thief or the owner: nobody knows')
  t.notOk(await valid(token))
  t.notOk(await valid(next.access_token))
  t.hasStrict(
    server.events.filter(({ event }) => event === 'refresh token reused'),
    [{ level: 'warn', fields: { user: 'ada', namespace: 'shop' } }],
  )
})

t.test(
  'the one just before brings the same successor for ten seconds, and no second chain',
  async (t) => {
    const { server, both, refresh_token } = await ada()
    const [one, other] = await Promise.all([both(refresh_token), both(refresh_token)])
    t.same([one.status, other.status], [200, 200], 'two tabs at once')
    server.clock.now += 9
    const late = await both(refresh_token)
    t.equal(late.status, 200)
    const { json } = await both(one.json.refresh_token)
    t.equal((await both(other.json.refresh_token)).status, 200, 'it is the same token')
    t.equal((await both(json.refresh_token)).status, 200)
    t.equal((await both(refresh_token)).status, 401, 'two generations back: never')
  },
)

t.test('what ends all sessions of a user ends their grants, with one write', async (t) => {
  const { server, shop, access, valid, token, refresh_token } = await ada()
  await server.users.change(shop.nsId, 'ada', inNewEpoch)
  t.equal((await access(refresh_token)).status, 401)
  t.notOk(await valid(token))
  const again = await signIn(server)
  t.equal((await access(again.refresh_token)).status, 200)
})

t.test('revoked is revoked, at once; and one answer for every token', async (t) => {
  const { server, ask, access, valid, token, refresh_token } = await ada()
  const answers = [
    await ask('revoke', { refresh_token }),
    await ask('revoke', { refresh_token }),
    await ask('revoke', { refresh_token: token }),
    await ask('revoke', { refresh_token: 'none' }),
  ]
  t.equal(answers[0]?.status, 200)
  t.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
  t.equal((await access(refresh_token)).status, 401)
  t.notOk(await valid(token))
  t.equal(server.events.filter(({ event }) => event === 'signed out').length, 2)
})

t.test('valid: with both tokens, whether they came of one sign-in', async (t) => {
  const { server, valid, ask, token, refresh_token } = await ada()
  const other = await signIn(server)
  t.ok(await valid(token))
  t.ok(await valid(token, { refresh_token }))
  t.notOk(await valid(token, { refresh_token: other.refresh_token }))
  t.notOk(await valid(token, { refresh_token: 'none' }))
  t.notOk(await valid(refresh_token), 'a refresh token is no access token')
  t.equal((await ask('valid', { access_token: token, refresh_token: 5 })).status, 400)
  server.clock.now += 901
  t.notOk(await valid(token), 'expired')
})

t.test(
  'an access token is no refresh token, and one of another namespace is none here',
  async (t) => {
    const { server, access, ask, token, refresh_token } = await ada()
    await user(server, await namespace(server, 'club'))
    t.equal((await access(token)).status, 401)
    const there = await ask('access', { namespace: 'club', refresh_token })
    t.equal(there.status, 401)
    const valid = await ask('valid', { namespace: 'club', access_token: token })
    t.same(valid.json, { valid: false })
  },
)

t.test('a grant has an end that no exchange moves', async (t) => {
  const policy = 'refreshBoth'
  const { server, both, refresh_token } = await ada({ SESSION_MAX_LIFETIME: '2d' }, { policy })
  let current = refresh_token
  for (let hours = 20; hours < 48; hours += 20) {
    server.clock.now += 20 * 3600
    const { status, json } = await both(current)
    t.equal(status, 200)
    current = json.refresh_token
  }
  server.clock.now += 8 * 3600
  t.equal((await both(current)).status, 401)
})

t.test('where refresh tokens are not exchanged it ends with the first', async (t) => {
  const { server, both, refresh_token } = await ada()
  server.clock.now += 86_399
  const { refresh_token: next } = (await both(refresh_token)).json
  server.clock.now += 1
  t.equal((await both(next)).status, 401)
})

t.test('a limit that became shorter counts for the tokens that come after it', async (t) => {
  const { server, shop, both, refresh_token } = await ada()
  await server.namespaces.change(shop, (now) => ({ ...now, maxAccessSeconds: 60 }))
  const { iat = 0, exp } = decodeJwt((await both(refresh_token)).json.access_token)
  t.equal(exp, iat + 60)
})

t.test('encrypted in another way than its namespace says, it is refused', async (t) => {
  const { server, shop, access, refresh_token } = await ada()
  const encryption = { ...shop.encryption, enc: 'A128GCM' as const }
  await server.namespaces.change(shop, (now) => ({ ...now, encryption }))
  t.equal((await access(refresh_token)).status, 401)
})

t.test('a lifetime of its own, and never beyond the longest', async (t) => {
  const { ask, refresh_token } = await ada()
  const { iat = 0, exp } = decodeJwt((await ask('access/5m', { refresh_token })).json.token)
  t.equal(exp, iat + 300)
  const tooLong = await ask('access/16m', { refresh_token })
  t.equal(tooLong.status, 400)
  t.equal(tooLong.json.error_description, 'ttl: must be 15 minutes or less')
  t.equal((await ask('refresh-access/16m', { refresh_token })).status, 400)
})
