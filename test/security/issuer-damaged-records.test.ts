// S113, S116. A record of the issuer that is not as it was written opens nothing, stops nobody else, and can be taken away.
import t from 'tap'
import { RecordDamaged } from '../../example/store/errors.ts'
import {
  administrator,
  application,
  call,
  namespace,
  signIn,
  type TestIssuer,
  testIssuer,
  user,
} from '../support/issuer.ts'

/** Cuts the ends off all records of this kind, but those that `spared` names. */
async function damage({ store }: TestIssuer, kind: string, owner = 'all', spared = '') {
  for await (const { id, value } of store.list(kind, owner))
    if (id !== spared) await store.replace({ kind, owner, id }, value, value.slice(0, -9))
}

t.test('a namespace, or its keys: there is none, and only its name is taken', async (t) => {
  for (const kind of ['namespace', 'ring']) {
    const server = await testIssuer()
    const root = await administrator(server)
    const { nsId } = await namespace(server, 'shop')
    await damage(server, kind, kind === 'ring' ? nsId : 'all')
    const { registration_token } = (await root('applications/invite')).json
    const headers = { authorization: `Bearer ${registration_token}` }
    t.equal((await call(server, 'GET /keys/shop')).status, 404, kind)
    t.equal((await call(server, 'POST /register/shop', {}, { headers })).status, 409)
    t.equal((await root('namespaces/delete', { namespace: 'shop' })).status, 200)
    t.equal((await root('namespaces/delete', { namespace: 'shop' })).status, 404)
    t.equal((await root('namespaces/delete', { namespace: '../shop' })).status, 404)
    t.equal((await call(server, 'POST /register/shop', {}, { headers })).status, 201)
  }
})

t.test('a user: nothing but removing them is left to do', async (t) => {
  const server = await testIssuer()
  const root = await administrator(server)
  const shop = await namespace(server, 'shop')
  await user(server, shop)
  const { token: access_token } = await signIn(server)
  await damage(server, 'member', shop.nsId)
  const valid = await call(server, 'POST /token/valid', { namespace: 'shop', access_token })
  t.same(valid.json, { valid: false })
  const ada = { namespace: 'shop', username: 'ada' }
  for (const path of ['users/change', 'sessions/all', 'sessions/end'])
    t.equal((await root(path, ada)).status, 409, path)
  t.equal((await root('users/delete', ada)).status, 200)
})

t.test('a sign-in: its tokens are refused, and are revoked by whoever asks for it', async (t) => {
  const server = await testIssuer()
  const ask = await application(server)
  const { nsId } = (await server.findPlace('shop')).namespace
  const { refresh_token } = (await ask('POST /issue_token', {})).json
  await damage(server, 'grant', nsId)
  t.equal((await ask('POST /renew_token', { refresh_token })).status, 401)
  t.equal((await ask('POST /revoke_token', { refresh_token })).status, 200)
})

t.test('an administrator, or a sign-in of one: nobody', async (t) => {
  for (const kind of ['administrator', 'administrator-session']) {
    const server = await testIssuer()
    const root = await administrator(server, 'root')
    const mary = await administrator(server, 'mary')
    if (kind === 'administrator') await damage(server, kind, 'all', 'root')
    else await damage(server, kind, 'mary')
    t.equal((await mary('namespaces/all')).status, 401, kind)
    t.equal((await root('administrators/delete', { username: 'mary' })).status, 200)
  }
})

t.test('a registration token that cannot be read is none', async (t) => {
  const server = await testIssuer()
  const token = await server.registrations.make(server.clock.now + 60)
  server.store.get = async () => {
    throw new RecordDamaged()
  }
  t.equal(await server.registrations.use(token, server.clock.now), false)
})

t.test('the sign-in of an administrator whose bytes are damaged: signed out it is', async (t) => {
  const server = await testIssuer()
  const root = await administrator(server)
  server.store.remove = async () => {
    throw new RecordDamaged()
  }
  t.equal((await root('logout')).status, 200)
})
