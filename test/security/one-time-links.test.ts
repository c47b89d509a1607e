// S9, S50. A link in a mail is as good as a password: what a thief, a scanner of mail or a second click might make of it.
import t from 'tap'
import { inNewEpoch } from '../../example/accounts/user.ts'
import { openStore } from '../../example/store/open.ts'
import {
  call,
  linkFor,
  member,
  PASSWORD,
  signIn,
  signUp,
  type TestAccounts,
  testAccounts,
} from '../support/accounts.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'

const new_password = 'battery-horse-staple'
const reset = (server: TestAccounts, token: string, headers = {}) =>
  call(server, 'POST /reset', { body: { token, new_password }, headers })

async function ada(options?: Parameters<typeof testAccounts>[0]) {
  const server = await testAccounts(options)
  await signUp(server)
  return server
}

t.test('a scanner that opens each link a hundred times uses none up', async (t) => {
  const server = await ada()
  const token = await linkFor(server, 'reset-password')
  for (let n = 0; n < 50; n += 1)
    for (const method of ['GET', 'HEAD'])
      t.equal((await call(server, `${method} /reset?token=${token}`)).status, 200)
  t.equal((await reset(server, token)).status, 200)
})

t.test('fifty who use one link at once: one password is chosen', async (t) => {
  const server = await ada()
  const token = await linkFor(server, 'reset-password')
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      call(server, 'POST /reset', { body: { token, new_password: `${new_password}-${n}` } }),
    ),
  )
  const won = all.map(({ status }) => status === 200)
  t.equal(won.filter(Boolean).length, 1)
  t.ok((await signIn(server, 'ada', `${new_password}-${won.indexOf(true)}`)).access_token)
})

t.test('no link does what another is for, and no other token is a link', async (t) => {
  const server = await ada()
  const pair = await member(server)
  const verify = await linkFor(server, 'verify-email')
  const link = await linkFor(server, 'reset-password')
  for (const token of [verify, pair.access_token, pair.refresh_token, pair.page])
    t.equal((await reset(server, token)).status, 400)
  for (const token of [link, pair.access_token, pair.refresh_token, pair.page])
    t.equal((await call(server, 'POST /verify', { body: { token } })).status, 400)
  for (const token of [verify, link]) {
    t.equal((await call(server, 'GET /welcome', { token })).status, 401)
    t.equal((await call(server, 'POST /refresh', { token })).status, 401)
    const headers = { cookie: `accounts=${token}` }
    t.equal((await call(server, 'GET /welcome', { headers })).status, 401)
  }
  t.ok((await signIn(server)).access_token, 'and the password is the old one')
  // Each alone would keep them apart.
  const policies = Object.values(server.tokens.policies)
  t.equal(new Set(policies.map(({ type }) => type)).size, 4)
  t.equal(new Set(policies.map(({ audience }) => audience)).size, 4)
})

t.test('a used, expired, outlived, forged and foreign link look alike', async (t) => {
  const server = await ada()
  await signUp(server, 'bob')
  const used = await linkFor(server, 'reset-password')
  await reset(server, used)
  const outlived = await linkFor(server, 'reset-password')
  await server.users.change('ada', inNewEpoch)
  const { jti: id } = await server.tokens.verify.link(
    await linkFor(server, 'reset-password', 'bob'),
    NOW,
  )
  const link = { id, epoch: '', purpose: 'reset-password' } as const
  const foreign = await server.tokens.link({ ...link, subject: 'ada' }, NOW)
  const nobodys = await server.tokens.link({ ...link, subject: 'nobody' }, NOW)
  const expired = await linkFor(server, 'reset-password')
  const verify = await linkFor(server, 'verify-email')
  const forged = `${expired.slice(0, -2)}AA`
  const answers = new Set<string>()
  const pages = new Set<string>()
  server.clock.now += 900
  for (const token of [
    used,
    outlived,
    foreign,
    nobodys,
    expired,
    verify,
    forged,
    '',
    'x'.repeat(9000),
  ]) {
    const { status, headers, body } = await reset(server, token)
    answers.add(JSON.stringify([status, headers, body]))
    const html = { headers: { accept: 'text/html' } }
    const page = await call(server, `GET /reset?token=${token}`, html)
    pages.add(JSON.stringify([page.status, page.headers, page.body]))
    pages.add(
      JSON.stringify(
        await reset(server, token, html.headers).then((r) => [r.status, r.headers, r.body]),
      ),
    )
  }
  t.equal(answers.size, 1)
  t.equal(pages.size, 1)
})

t.test('a forged link touches no record, and neither does one for something else', async (t) => {
  const server = await ada()
  const token = await linkFor(server, 'verify-email')
  server.store.get = async () => {
    throw new Error('a record was looked up')
  }
  t.equal((await reset(server, `${token.slice(0, -2)}AA`)).status, 400)
  t.equal((await reset(server, token)).status, 400)
})

t.test('what was used stays used when the server starts again', async (t) => {
  const url = `level:${temporaryFolder(t)}/data` as const
  const first = await openStore(url)
  const before = await ada({ store: first })
  const used = await linkFor(before, 'reset-password')
  const other = await linkFor(before, 'verify-email')
  t.equal((await call(before, 'POST /verify', { body: { token: other } })).status, 200)
  t.equal((await reset(before, used)).status, 200)
  await first.close()
  const second = await openStore(url)
  t.teardown(() => second.close())
  const after = await testAccounts({ store: second })
  t.equal((await reset(after, used)).status, 400)
  t.equal((await call(after, 'POST /verify', { body: { token: other } })).status, 400)
  t.equal((await reset(after, await linkFor(after, 'reset-password'))).status, 200)
})

t.test('a link is taken away safely before the password is written', async (t) => {
  const server = await ada()
  const { store } = server
  const token = await linkFor(server, 'reset-password')
  const writes: string[] = []
  const { remove, replace } = store
  store.remove = async (key, options) => {
    writes.push(`remove ${key.kind} ${options?.durable}`)
    return await remove.call(store, key, options)
  }
  store.replace = async (key, ...given) => {
    writes.push(`replace ${key.kind} ${given[2]?.durable}`)
    return await replace.call(store, key, ...given)
  }
  await reset(server, token)
  t.strictSame(writes, ['remove link true', 'replace user true'])
})

t.test('a store that is lost between the two: 503, and the old password', async (t) => {
  const { store, ...server } = await ada()
  const token = await linkFor({ ...server, store }, 'reset-password')
  const { replace } = store
  store.replace = async () => {
    throw new Error('lost')
  }
  t.equal((await reset({ ...server, store }, token)).status, 500)
  store.replace = replace
  t.equal((await reset({ ...server, store }, token)).status, 400, 'the link is gone')
  t.ok((await signIn(server, 'ada', PASSWORD)).access_token)
})

t.test('another site uses no link, and asks for none', async (t) => {
  const server = await ada()
  const token = await linkFor(server, 'reset-password')
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  t.equal((await reset(server, token, headers)).status, 403)
  const send = { headers, body: { username: 'ada' } }
  t.equal((await call(server, 'POST /reset/send', send)).status, 403)
  t.equal((await server.outbox.mails()).length, 0)
})

t.test('no token of a link is in an event, a record or a refusal', async (t) => {
  const server = await ada()
  const tokens = [await linkFor(server, 'reset-password'), await linkFor(server, 'verify-email')]
  const bodies: string[] = []
  for (const token of tokens)
    for (const line of ['POST /verify', 'POST /reset', 'POST /verify'])
      bodies.push(
        (
          await call(server, line, {
            body: { token, ...(line === 'POST /reset' && { new_password }) },
          })
        ).body,
      )
  const said = JSON.stringify(server.events) + bodies.join()
  for (const token of tokens)
    for (const part of token.split('.').slice(1)) t.notOk(said.includes(part))
})
