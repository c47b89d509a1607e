// The wrapper for a route of your own, around a handler by itself: whoever comes in has been asked for everything.
import t from 'tap'
import { createRequireToken, type Guarded } from '../../../example/accounts/require-token.ts'
import { reply } from '../../../example/http/reply.ts'
import { member, testAccounts } from '../../support/accounts.ts'
import { ask } from '../../support/mock-http.ts'

const hello: Guarded = async (_req, res, { user }) =>
  reply(res, { status: 200, type: 'text', body: `Hello ${user.name}` })

async function wrapped(only?: { roles: readonly ['ADMIN'] }) {
  const server = await testAccounts()
  const { access_token, page } = await member(server)
  const requireToken = createRequireToken({
    authenticate: server.authenticate,
    sendUnauthorized: (_req, res, kind) => reply(res, { status: 401, type: 'text', body: kind }),
    origins: {},
    maxBodyBytes: 100,
    audit: server.audit,
  })
  const cookie = { cookie: `accounts=${page}` }
  const bearer = { authorization: `Bearer ${access_token}` }
  return { handler: requireToken(hello, only), cookie, bearer, events: server.events }
}

t.test('whoever is signed in comes in, by header or by cookie', async (t) => {
  const { handler, cookie, bearer } = await wrapped()
  for (const headers of [cookie, bearer])
    t.hasStrict(await ask(handler, { headers }), { status: 200, body: 'Hello ada' })
})

t.test('nobody else does', async (t) => {
  const { handler } = await wrapped()
  t.hasStrict(await ask(handler), { status: 401, body: 'nobody' })
  const headers = { authorization: 'Bearer a.b.c' }
  t.hasStrict(await ask(handler, { headers }), { status: 401, body: 'refused' })
})

t.test('without the role: 403, which role it needs, and a line in the log', async (t) => {
  const { handler, bearer, events } = await wrapped({ roles: ['ADMIN'] })
  const { status, message } = await ask(handler, { headers: bearer }).catch((error) => error)
  t.equal(status, 403)
  t.equal(message, 'Cannot do that: it needs the role ADMIN')
  t.hasStrict(events.at(-1), { level: 'warn', event: 'forbidden', fields: { user: 'ada' } })
})

t.test('another site can make a browser send its cookie, and that changes nothing', async (t) => {
  const { handler, cookie, bearer } = await wrapped()
  const site = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const from = (headers: Record<string, string>, method: string) =>
    ask(handler, { method, headers: { ...headers, ...site } })
  for (const method of ['POST', 'PUT', 'DELETE'])
    t.hasStrict(await from(cookie, method).catch((error) => error), { status: 403 }, method)
  t.equal((await from(cookie, 'GET')).status, 200, 'a link from there is followed')
  t.equal((await from(cookie, 'HEAD')).status, 200)
  t.equal((await from(bearer, 'POST')).status, 200, 'no site adds that header by itself')
})
