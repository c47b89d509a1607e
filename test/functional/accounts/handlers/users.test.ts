import t from 'tap'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import { call, member, signIn, signUp, testAccounts } from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'

/** An administrator called root, with a token, and Ada, with hers. */
async function root() {
  const server = await testAccounts()
  const { access_token: token } = await member(server, 'root', ['ADMIN'])
  const { access_token: ada } = await member(server, 'Ada')
  return { server, token, ada }
}

const as = (roles: string[]) => ({ body: { roles } })

t.test('the users, without a hash and without an epoch', async (t) => {
  const { server, token } = await root()
  const ada = { username: 'Ada', roles: ['CLIENT'], enabled: true }
  const { users, next } = JSON.parse((await call(server, 'GET /users', { token })).body)
  t.hasStrict(users, [ada, { username: 'root', roles: ['ADMIN'] }])
  t.strictSame(Object.keys(users[0]).sort(), [
    'created_at',
    'enabled',
    'roles',
    'username',
    'verified',
  ])
  t.equal(next, undefined)
})

t.test('in pages of fifty', async (t) => {
  const { server, token } = await root()
  for (let n = 0; n < 60; n += 1) await server.users.create({ name: `u${n + 100}`, hash: 'h' }, NOW)
  const first = JSON.parse((await call(server, 'GET /users', { token })).body)
  t.equal(first.users.length, 50)
  const second = JSON.parse((await call(server, `GET /users?after=${first.next}`, { token })).body)
  t.equal(second.users.length, 12)
  t.equal((await call(server, 'GET /users?after=a/b', { token })).status, 400)
})

t.test('a role that is gained counts at the next request', async (t) => {
  const { server, token, ada } = await root()
  t.equal((await call(server, 'GET /users', { token: ada })).status, 403)
  const res = await call(server, 'PUT /users/ada/roles', { token, ...as(['ADMIN', 'CLIENT']) })
  t.hasStrict(JSON.parse(res.body), { username: 'Ada', roles: ['CLIENT', 'ADMIN'] })
  t.equal((await call(server, 'GET /users', { token: ada })).status, 200)
})

t.test('with one that is lost all sessions end', async (t) => {
  const { server, token, ada } = await root()
  await call(server, 'PUT /users/ada/roles', { token, ...as(['CLIENT', 'ADMIN']) })
  await call(server, 'PUT /users/ADA/roles', { token, ...as(['CLIENT']) })
  t.equal((await call(server, 'GET /users', { token: ada })).status, 401)
  const again = await member(server)
  t.equal((await call(server, 'GET /users', { token: again.access_token })).status, 403)
})

t.test(
  'who is switched off is out at once and does not come in; and then does again',
  async (t) => {
    const { server, token } = await root()
    await signUp(server, 'bob')
    const { access_token: bob } = await signIn(server, 'bob')
    const set = (enabled: unknown) =>
      call(server, 'PUT /users/bob/enabled', { token, body: { enabled } })
    t.equal((await set(false)).status, 200)
    t.equal((await call(server, 'GET /welcome', { token: bob })).status, 401)
    t.notOk((await signIn(server, 'bob')).access_token)
    await set(true)
    t.equal(
      (await call(server, 'GET /welcome', { token: bob })).status,
      401,
      'the old token is dead',
    )
    t.ok((await signIn(server, 'bob')).access_token)
    t.equal((await set('no')).status, 422)
  },
)

t.test('who is removed is gone, and the name is free', async (t) => {
  const { server, token, ada } = await root()
  t.hasStrict(await call(server, 'DELETE /users/ada', { token }), { status: 200 })
  t.equal((await call(server, 'GET /welcome', { token: ada })).status, 401)
  t.equal((await call(server, 'DELETE /users/ada', { token })).status, 404)
  await member(server)
  t.equal((await call(server, 'GET /welcome', { token: ada })).status, 401, 'nobody inherits')
})

t.test('what is no role, and who is nobody', async (t) => {
  const { server, token } = await root()
  for (const roles of [[], ['KING'], 'ADMIN', ['ADMIN', 'ADMIN', 'ADMIN'], [['ADMIN']], undefined])
    t.equal(
      (await call(server, 'PUT /users/ada/roles', { token, body: { roles } })).status,
      422,
      JSON.stringify(roles),
    )
  t.equal((await call(server, 'PUT /users/nobody/roles', { token, ...as(['CLIENT']) })).status, 404)
  t.equal((await call(server, 'DELETE /users/nobody', { token })).status, 404)
  const more = { token, body: { roles: ['CLIENT'], enabled: true } }
  t.equal((await call(server, 'PUT /users/ada/roles', more)).status, 400)
})

t.test('an administrator sees the devices of anybody, and ends them', async (t) => {
  const { server, token, ada } = await root()
  const { sessions } = JSON.parse((await call(server, 'GET /users/ada/sessions', { token })).body)
  t.hasStrict(sessions, [{ device: 'curl', current: false }])
  t.equal((await call(server, 'DELETE /users/ada/sessions', { token })).status, 200)
  t.equal((await call(server, 'GET /welcome', { token: ada })).status, 401)
  for (const method of ['GET', 'DELETE'])
    t.equal((await call(server, `${method} /users/nobody/sessions`, { token })).status, 404)
})

t.test('who did it, and to whom, is in the log', async (t) => {
  const { server, token, ada } = await root()
  await call(server, 'PUT /users/ada/roles', { token, ...as(['CLIENT']) })
  await call(server, 'GET /users', { token: ada })
  const lines = server.events.filter(({ event }) => ['roles changed', 'forbidden'].includes(event))
  t.hasStrict(lines, [
    { level: 'info', fields: { user: 'ada', by: 'root', roles: 'CLIENT' } },
    { level: 'warn', fields: { user: 'ada' } },
  ])
})

t.test('while the store cannot say who somebody is, nobody is changed or removed', async (t) => {
  const { server, token } = await root()
  const { get } = server.store
  server.store.get = async (key) => {
    if (key.id === 'ada') throw new StoreUnavailable('look')
    return await get.call(server.store, key)
  }
  t.equal((await call(server, 'DELETE /users/ada', { token })).status, 503)
  t.equal((await call(server, 'PUT /users/ada/roles', { token, ...as(['CLIENT']) })).status, 503)
  server.store.get = get
  t.ok(await server.users.find('ada'))
})
