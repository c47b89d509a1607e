// S24, S50. A request begins with a good token, and its last byte is kept back until that is good for nothing any more. What somebody
// may do is looked at when they do it.
import { PassThrough } from 'node:stream'
import t from 'tap'
import {
  call,
  member,
  PASSWORD,
  type Pair,
  signIn,
  signUp,
  type TestAccounts,
  testAccounts,
} from '../support/accounts.ts'
import { MockResponse } from '../support/mock-http.ts'

/** Sends the head and the first byte of a request; the rest comes when the test says so. */
function heldBack({ app }: TestAccounts, line: string, token: string, body: object) {
  const [method = '', url = ''] = line.split(' ')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const bytes = Buffer.from(JSON.stringify(body))
  const stream = new PassThrough()
  stream.write(bytes.subarray(0, 1))
  const request = { method, url, headers, socket: { remoteAddress: '192.0.2.1' } }
  const res = new MockResponse()
  const answered = app(Object.assign(stream, request), res)
  return async () => {
    stream.end(bytes.subarray(1))
    await answered
    return res
  }
}

const others = { id: 'others' }
const end = 'POST /sessions/end'
const status = async (server: TestAccounts, { access_token: token }: Pair) =>
  (await call(server, 'GET /welcome', { token })).status

t.test('who was an administrator does not make themselves one again', async (t) => {
  const server = await testAccounts()
  const root = await member(server, 'root', ['ADMIN'])
  const boss = await member(server, 'boss', ['CLIENT', 'ADMIN'])
  const both = { roles: ['CLIENT', 'ADMIN'] }
  const send = heldBack(server, 'PUT /users/boss/roles', boss.access_token, both)
  const body = { roles: ['CLIENT'] }
  await call(server, 'PUT /users/boss/roles', { token: root.access_token, body })
  t.equal((await send()).status, 401)
  t.same((await server.users.find('boss'))?.roles, ['CLIENT'])
})

t.test('a session that was ended does not let itself in again', async (t) => {
  const server = await testAccounts()
  const thief = await member(server)
  const send = heldBack(server, end, thief.access_token, others)
  const owner = await member(server)
  await call(server, end, { token: owner.access_token, body: { id: 'all' } })
  t.equal((await send()).status, 401)
  t.equal(await status(server, thief), 401)
})

t.test('nor where it ends between the look at the token and the write', async (t) => {
  const server = await testAccounts()
  const thief = await member(server)
  const { change } = server.users
  server.users.change = async (id, how) => {
    server.users.change = change
    await call(server, 'DELETE /sessions', { token: thief.access_token })
    return await change.call(server.users, id, how)
  }
  await call(server, end, { token: thief.access_token, body: others })
  t.equal(await status(server, thief), 401)
})

t.test('nor by a new password, and then there is none', async (t) => {
  const server = await testAccounts()
  await signUp(server)
  const thief = await signIn(server)
  const { hash } = server.passwords
  server.passwords.hash = async (password) => {
    await call(server, 'DELETE /sessions', { token: thief.access_token })
    return await hash(password)
  }
  const body = { current_password: PASSWORD, new_password: 'battery-horse-staple' }
  const res = await call(server, 'POST /password', { token: thief.access_token, body })
  t.equal(res.status, 409)
  t.equal(await status(server, thief), 401)
  t.ok((await signIn(server)).access_token, 'the password is the old one')
})
