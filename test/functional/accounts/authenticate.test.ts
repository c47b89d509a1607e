import t from 'tap'
import type { HttpRequest } from '../../../example/http/types.ts'
import { decode } from '../../../example/token/decode.ts'
import { call, member, testAccounts } from '../../support/accounts.ts'
import { mockRequest } from '../../support/mock-http.ts'

async function ada() {
  const server = await testAccounts()
  const pair = await member(server)
  const { sid } = { ...decode(pair.access_token).claims }
  const bearer = (token: string): HttpRequest =>
    mockRequest({ headers: { authorization: `Bearer ${token}` } })
  return { server, pair, sid: String(sid), token: pair.access_token, bearer }
}

t.test('nobody, refused or known', async (t) => {
  const { server, token, bearer } = await ada()
  t.strictSame(await server.authenticate(mockRequest()), { kind: 'nobody' })
  t.strictSame(await server.authenticate(bearer('x.y.z')), { kind: 'refused', reason: 'form' })
  const known = await server.authenticate(bearer(token))
  t.hasStrict(known, { kind: 'known', by: 'header', user: { id: 'ada' } })
})

t.test('for a token that does not hold nothing is looked up', async (t) => {
  const { server, token, bearer } = await ada()
  let asked = 0
  const { get } = server.store
  server.store.get = (key) => {
    asked += 1
    return get.call(server.store, key)
  }
  await server.authenticate(bearer(`${token.slice(0, -4)}AAAA`))
  t.equal(asked, 0)
  await server.authenticate(bearer(token))
  t.equal(asked, 2, 'and for one that holds its user and its family, once each')
})

t.test('no record of a user, or of a family: no', async (t) => {
  for (const key of ['user', 'family'] as const) {
    const { server, sid, token, bearer } = await ada()
    const at = key === 'user' ? { owner: 'all', id: 'ada' } : { owner: 'ada', id: sid }
    await server.store.remove({ kind: key, ...at })
    const visitor = await server.authenticate(bearer(token))
    t.strictSame(visitor, { kind: 'refused', reason: 'no-live-session' })
  }
})

t.test('a damaged record: no, and the log says which', async (t) => {
  const { server, sid, token, bearer } = await ada()
  const key = { kind: 'family', owner: 'ada', id: sid }
  await server.store.replace(key, (await server.store.get(key)) ?? '', 'no JSON')
  const visitor = await server.authenticate(bearer(token))
  t.strictSame(visitor, { kind: 'refused', reason: 'damaged-record' })
  t.hasStrict(server.events.at(-1), { level: 'warn', fields: { reason: 'damaged-record' } })
})

t.test('a store that cannot say is neither yes nor no', async (t) => {
  const { server, token } = await ada()
  await server.store.close()
  t.hasStrict(await call(server, 'GET /welcome', { token }), {
    status: 503,
    headers: { 'retry-after': '1' },
  })
})

t.test('each kind of token opens its own door, and no other', async (t) => {
  const { server, pair } = await ada()
  const doors: Record<string, (token: string) => Promise<number>> = {
    access: async (token) => (await call(server, 'GET /welcome', { token })).status,
    refresh: async (token) => (await call(server, 'POST /refresh', { token })).status,
    page: async (token) =>
      (await call(server, 'GET /welcome', { headers: { cookie: `accounts=${token}` } })).status,
  }
  const kinds = { access: pair.access_token, refresh: pair.refresh_token, page: pair.page }
  for (const [kind, token] of Object.entries(kinds))
    for (const [door, open] of Object.entries(doors))
      t.equal(await open(token), kind === door ? 200 : 401, `${kind} at ${door}`)
})

t.test('two different tokens: nobody chooses', async (t) => {
  const { server, token } = await ada()
  const headers = { cookie: 'accounts=another' }
  t.equal((await call(server, 'GET /welcome', { token, headers })).status, 400)
})
