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
    for (const [line, body] of [
      ['PUT /users/bob/roles', { roles: ['CLIENT'] }],
      ['PUT /users/bob/enabled', { enabled: false }],
      ['GET /users/bob/sessions'],
      ['DELETE /users/bob/sessions'],
    ] as const) {
      const refused = await call(server, line, { token, ...(body && { body }) })
      t.equal(refused.status, 409, line)
      t.match(
        refused.body,
        /it is damaged, .* can only be removed: DELETE/,
        'and says what can be done',
      )
    }
    t.equal((await call(server, 'DELETE /users/bob', { token })).status, 200, 'it can be removed')
    t.equal((await call(server, 'POST /signup', { body })).status, 201)
  })
}

t.test('an administrator whose record is damaged is none: the one who is left stays', async (t) => {
  const server = await testAccounts()
  await member(server, 'bob', ['ADMIN'])
  const { access_token: token } = await member(server, 'root', ['ADMIN'])
  const text = (await server.store.get(user)) ?? ''
  await server.store.replace(user, text, '{}')
  t.equal((await call(server, 'DELETE /users/root', { token })).status, 409)
  t.equal((await call(server, 'DELETE /users/bob', { token })).status, 200)
})
