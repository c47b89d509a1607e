import t from 'tap'
import { call, member, refresh, testAccounts } from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'

/** Ada on two devices, and Bob on one. */
async function devices() {
  const server = await testAccounts()
  const laptop = await member(server)
  server.clock.now += 60
  const phone = await member(server)
  const bob = await member(server, 'bob')
  const list = async (token: string) =>
    JSON.parse((await call(server, 'GET /sessions', { token })).body).sessions
  const status = async ({ access_token: token }: { access_token: string }) =>
    (await call(server, 'GET /welcome', { token })).status
  return { server, laptop, phone, bob, list, status, token: laptop.access_token }
}

t.test('who is signed in sees their devices, the newest first, and which one asks', async (t) => {
  const { list, token } = await devices()
  const [phone, laptop, ...others] = await list(token)
  const device = { device: 'curl', address: '192.0.2.1' }
  const end = 86_400
  t.hasStrict(phone, { ...device, created_at: NOW + 60, ends_at: NOW + 60 + end, current: false })
  t.hasStrict(laptop, { ...device, created_at: NOW, seen_at: NOW, current: true })
  t.strictSame(others, [])
})

t.test('a browser is written down as seen once in a quarter of an hour', async (t) => {
  const { server, phone } = await devices()
  const headers = { cookie: `accounts=${phone.page}` }
  const start = server.clock.now
  const isOwn = ({ current }: { current: boolean }) => current
  const seenAt = async (seconds: number) => {
    server.clock.now = start + seconds
    const { body } = await call(server, 'GET /sessions', { headers })
    return JSON.parse(body).sessions.find(isOwn).seen_at - start
  }
  t.strictSame([await seenAt(899), await seenAt(900), await seenAt(1000)], [0, 900, 900])
})

t.test('a program, at each refresh', async (t) => {
  const { server, list, phone, token } = await devices()
  server.clock.now += 800
  await refresh(server, phone.refresh_token)
  t.equal((await list(token))[0].seen_at, server.clock.now)
})

t.test('HEAD is answered as GET is', async (t) => {
  const { server, token } = await devices()
  t.equal((await call(server, 'HEAD /sessions', { token })).status, 200)
})

t.test('end one, by its id', async (t) => {
  const { server, list, laptop, phone, status, token } = await devices()
  const [{ id }] = await list(token)
  t.equal((await call(server, `DELETE /sessions/${id}`, { token })).status, 200)
  t.strictSame([await status(laptop), await status(phone)], [200, 401])
  t.equal((await call(server, `DELETE /sessions/${id}`, { token })).status, 404, 'it has ended')
})

t.test("nobody ends, or finds, another user's", async (t) => {
  const { server, list, bob, status, token } = await devices()
  const [{ id }] = await list(bob.access_token)
  const ofBob = await call(server, `DELETE /sessions/${id}`, { token })
  const nobodys = '99999999-9999-4999-8999-999999999999'
  const ofNobody = await call(server, `DELETE /sessions/${nobodys}`, { token })
  t.equal(ofBob.status, 404)
  t.equal(ofBob.body, ofNobody.body, 'one answer for both')
  t.equal(await status(bob), 200)
})

t.test('what is no id names no session', async (t) => {
  const { server, token } = await devices()
  for (const id of ['', 'x', '__proto__', '../bob/1', 'x'.repeat(36)])
    t.equal((await call(server, 'POST /sessions/end', { token, body: { id } })).status, 404, id)
})

t.test('end the others: this one stays, with the tokens that it has', async (t) => {
  const { server, laptop, phone, bob, status, token } = await devices()
  const res = await call(server, 'POST /sessions/end', { token, body: { id: 'others' } })
  t.hasStrict(res, { status: 200, body: '{"ended":true}' })
  t.strictSame([await status(laptop), await status(phone), await status(bob)], [200, 401, 200])
  t.equal((await refresh(server, laptop.refresh_token)).status, 200)
  t.equal((await refresh(server, phone.refresh_token)).status, 401)
  t.equal(server.events.filter(({ event }) => event === 'all other sessions ended').length, 1)
})

for (const [line, body] of [
  ['POST /sessions/end', { id: 'all' }],
  ['DELETE /sessions', undefined],
] as const)
  t.test(`end all: ${line}`, async (t) => {
    const { server, laptop, phone, bob, status, token } = await devices()
    t.equal((await call(server, line, { token, ...(body && { body }) })).status, 200)
    t.strictSame([await status(laptop), await status(phone), await status(bob)], [401, 401, 200])
  })

t.test('a browser sees a page, and comes back to it', async (t) => {
  const { server, token } = await devices()
  const headers = { accept: 'text/html' }
  const page = await call(server, 'GET /sessions', { token, headers })
  t.match(page.body, /<h1>My devices<\/h1>/)
  const ended = await call(server, 'POST /sessions/end', { token, headers, body: { id: 'others' } })
  t.hasStrict(ended, { status: 303, headers: { location: '/sessions' } })
})
