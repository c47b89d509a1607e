import t from 'tap'
import { call, member, testAccounts } from '../../support/accounts.ts'

/** Two administrators, with their tokens. */
async function two() {
  const server = await testAccounts()
  const ada = await member(server, 'ada', ['ADMIN'])
  const bob = await member(server, 'bob', ['ADMIN'])
  const rolesOf = async (name: string) => (await server.users.find(name))?.roles
  const demote = (name: string, token: string) =>
    call(server, `PUT /users/${name}/roles`, { token, body: { roles: ['CLIENT'] } })
  return { server, ada: ada.access_token, bob: bob.access_token, rolesOf, demote }
}

t.test('one of two administrators can be taken away, and the last one cannot', async (t) => {
  const { server, ada, rolesOf, demote } = await two()
  t.equal((await demote('bob', ada)).status, 200)
  const last = await demote('ada', ada)
  t.hasStrict(last, { status: 409 })
  t.match(last.body, /make another one first/)
  t.strictSame(await rolesOf('ada'), ['ADMIN'])
  const off = await call(server, 'PUT /users/ada/enabled', { token: ada, body: { enabled: false } })
  t.equal(off.status, 409)
  t.equal((await call(server, 'DELETE /users/ada', { token: ada })).status, 409)
})

t.test('two who demote each other at once: one of them stays', async (t) => {
  const { ada, bob, rolesOf, demote } = await two()
  const answers = await Promise.all([demote('bob', ada), demote('ada', bob)])
  const roles = [...((await rolesOf('ada')) ?? []), ...((await rolesOf('bob')) ?? [])]
  t.equal(roles.filter((role) => role === 'ADMIN').length, 1)
  t.ok(answers.every(({ status }) => [200, 401, 403, 409].includes(status)))
})

t.test('who is being removed does not become the last one', async (t) => {
  const { server, ada, rolesOf, demote } = await two()
  t.equal((await demote('bob', ada)).status, 200)
  const { users } = server
  const { remove } = users
  users.remove = async (id) => {
    const promote = { token: ada, body: { roles: ['ADMIN'] } }
    await call(server, 'PUT /users/bob/roles', promote)
    t.equal((await demote('ada', ada)).status, 409)
    return await remove.call(users, id)
  }
  t.equal((await call(server, 'DELETE /users/bob', { token: ada })).status, 200)
  t.strictSame([await rolesOf('ada'), await rolesOf('bob')], [['ADMIN'], undefined])
})

t.test('who becomes one counts, and who is switched off or removed does not', async (t) => {
  const { server, ada, demote } = await two()
  await member(server, 'carl')
  const promote = { token: ada, body: { roles: ['CLIENT', 'ADMIN'] } }
  t.equal((await call(server, 'PUT /users/carl/roles', promote)).status, 200)
  t.equal(
    (await call(server, 'PUT /users/carl/enabled', { token: ada, body: { enabled: false } }))
      .status,
    200,
  )
  t.equal((await call(server, 'DELETE /users/bob', { token: ada })).status, 200)
  t.equal((await demote('ada', ada)).status, 409)
  t.equal(
    (await call(server, 'PUT /users/carl/enabled', { token: ada, body: { enabled: true } })).status,
    200,
  )
  t.equal((await demote('ada', ada)).status, 200)
})

t.test('a list that lacks a name, as after a crash, is put right by the next change', async (t) => {
  const server = await testAccounts()
  const { users, administrators } = server
  await users.create({ name: 'ada', hash: 'h', roles: ['ADMIN'] }, 0)
  t.notOk(await administrators.release('ada'), 'nobody is known: so nobody may go')
  await administrators.settle('ada')
  await users.create({ name: 'bob', hash: 'h', roles: ['ADMIN'] }, 0)
  await administrators.settle('bob')
  t.ok(await administrators.release('ada'))
})
