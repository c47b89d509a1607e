// S116. A record of a user or a device that is not as it was written opens nothing, stops nobody else, and can be taken away.
import t from 'tap'
import { call, member, PASSWORD, refresh, signUp, testAccounts } from '../support/accounts.ts'

const user = { kind: 'user', owner: 'all', id: 'bob' }

const damages: Record<string, (text: string) => string> = {
  'no JSON': (text) => text.slice(0, -10),
  'another user in its place': (text) => text.replace('"id":"bob"', '"id":"ada"'),
  'a role that does not exist': (text) => text.replace('"CLIENT"', '"ROOT"'),
  'roles as a text': (text) => text.replace('["CLIENT"]', '"ADMIN"'),
  'no epoch': (text) => text.replace(/"epoch":"[^"]*",/, ''),
  'enabled as a text': (text) => text.replace('"enabled":true', '"enabled":"true"'),
  'bytes that are no UTF-8': (text) => text.replace('bob', 'bo\ufffd'),
}

for (const [what, damage] of Object.entries(damages)) {
  t.test(`a user's record with ${what}`, async (t) => {
    const server = await testAccounts()
    const admin = await member(server, 'ada', ['ADMIN'])
    await signUp(server, 'bob')
    const bob = await member(server, 'bob')
    const text = (await server.store.get(user)) ?? ''
    t.not(damage(text), text)
    t.ok(await server.store.replace(user, text, damage(text)))

    const body = { username: 'bob', password: PASSWORD }
    t.equal((await call(server, 'POST /signin', { body })).status, 401)
    t.equal((await call(server, 'POST /signup', { body })).status, 409, 'the name stays taken')
    t.equal((await call(server, 'GET /welcome', { token: bob.access_token })).status, 401)
    t.equal((await refresh(server, bob.refresh_token)).status, 401)

    const { access_token: token } = admin
    const users = await call(server, 'GET /users', { token })
    t.equal(users.status, 200)
    t.hasStrict(JSON.parse(users.body), { users: [{ username: 'ada' }] }, 'the others are there')
    t.equal((await call(server, 'DELETE /users/bob', { token })).status, 200, 'it can be removed')
    t.equal((await call(server, 'POST /signup', { body })).status, 201)
  })
}

t.test('the one administrator on the list, whose record is damaged, is not removed', async (t) => {
  const server = await testAccounts()
  await member(server, 'bob', ['ADMIN'])
  const { access_token: token } = await member(server, 'root')
  // As after a crash: an administrator whom the list does not know yet.
  await server.users.change('root', (user) => ({ ...user, roles: ['ADMIN'] }))
  const text = (await server.store.get(user)) ?? ''
  await server.store.replace(user, text, '{}')
  t.equal((await call(server, 'DELETE /users/bob', { token })).status, 409)
  await server.administrators.settle('root')
  t.equal((await call(server, 'DELETE /users/bob', { token })).status, 200)
})
