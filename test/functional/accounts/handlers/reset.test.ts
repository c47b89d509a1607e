import t from 'tap'
import { createApp } from '../../../../example/accounts/app.ts'
import type { Mail } from '../../../../example/accounts/outbox.ts'
import { HashingBusy } from '../../../../example/password/hash.ts'
import {
  call,
  linkFor,
  member,
  PASSWORD,
  refresh,
  signIn,
  signUp,
  testAccounts,
} from '../../../support/accounts.ts'
import { SECRET } from '../../../support/fixtures.ts'
import { MockResponse, mockRequest } from '../../../support/mock-http.ts'

const PUBLIC_ORIGIN = 'https://accounts.example.org'
const browser = { accept: 'text/html' }
const new_password = 'battery-horse-staple'

async function ada() {
  const server = await testAccounts()
  await signUp(server, 'Ada')
  return { server, token: await linkFor(server, 'reset-password') }
}

t.test('a link brings a new password, and all sessions end with it', async (t) => {
  const { server, token } = await ada()
  const pair = await signIn(server)
  const res = await call(server, 'POST /reset', { body: { token, new_password } })
  t.hasStrict(res, { status: 200, body: '{"changed":true}' })
  t.equal((await call(server, 'GET /welcome', { token: pair.access_token })).status, 401)
  t.equal((await refresh(server, pair.refresh_token)).status, 401)
  t.ok((await signIn(server, 'ada', new_password)).access_token)
  t.notOk((await signIn(server, 'ada', PASSWORD)).access_token)
  t.hasStrict(server.events.map(({ event }) => event).slice(1, 3), [
    'link used',
    'password changed',
  ])
})

t.test('GET /reset shows the form and uses nothing up', async (t) => {
  const { server, token } = await ada()
  const line = `GET /reset?token=${token}`
  const page = await call(server, line, { headers: browser })
  t.hasStrict(page, { status: 200, headers: { 'referrer-policy': 'no-referrer' } })
  t.match(page.body, /For <strong>Ada<\/strong>/)
  t.match(page.body, `name="token" value="${token}"`)
  const res = await call(server, line)
  t.hasStrict(res, { status: 200, body: '{"username":"Ada","purpose":"reset-password"}' })
  t.equal((await call(server, 'POST /reset', { body: { token, new_password } })).status, 200)
})

t.test('a browser is sent to a page that says so', async (t) => {
  const { server, token } = await ada()
  const body = { token, new_password }
  const res = await call(server, 'POST /reset', { headers: browser, body })
  t.hasStrict(res, { status: 303, headers: { location: '/reset/done' } })
  t.notOk(res.headers['set-cookie'], 'and is not signed in by it')
  const done = await call(server, 'GET /reset/done')
  t.match(done.body, /<h1>Your password is changed<\/h1>/)
  t.match(done.body, /<a href="&#x2F;signin">Sign in<\/a>/)
})

t.test('the rules are those of the sign-up, and a refusal uses nothing up', async (t) => {
  const { server, token } = await ada()
  const res = await call(server, 'POST /reset', { body: { token, new_password: 'newpass' } })
  t.equal(res.status, 422)
  t.equal(
    JSON.parse(res.body).error_description,
    'new_password: must have 8 characters or more; ' +
      'new_password: is one of the passwords that are guessed first',
  )
  const page = await call(server, 'POST /reset', { headers: browser, body: { token } })
  t.equal(page.status, 422)
  t.match(page.body, />The new password must have 8 characters or more\.</)
  t.match(page.body, `name="token" value="${token}"`, 'the form again')
  t.equal((await call(server, 'POST /reset', { body: { token, new_password } })).status, 200)
})

t.test('where too many wait for a hash, the link is still good', async (t) => {
  const { server, token } = await ada()
  const passwords = {
    ...server.passwords,
    hash: async () => {
      throw new HashingBusy()
    },
  }
  const busy = createApp(server.deps, { ...server, passwords })
  const body = { token, new_password }
  t.equal((await call({ app: busy }, 'POST /reset', { body })).status, 503)
  t.equal((await call(server, 'POST /reset', { body })).status, 200)
})

t.test('a link that is no good: one answer, and how to get another', async (t) => {
  const { server, token } = await ada()
  await call(server, 'POST /reset', { body: { token, new_password } })
  const body = { token, new_password: `${new_password}-2` }
  const res = await call(server, 'POST /reset', { body })
  t.equal(res.status, 400)
  t.hasStrict(JSON.parse(res.body), { error: 'invalid_grant' })
  t.match(res.body, /Ask for another: POST \/reset\/send/)
  const page = await call(server, `GET /reset?token=${token}`, { headers: browser })
  t.equal(page.status, 400)
  t.match(page.body, /<a href="&#x2F;reset&#x2F;send">Ask for another one<\/a>/)
})

t.test('of two who use it at once, one chooses the password', async (t) => {
  const { server, token } = await ada()
  const use = (password: string) =>
    call(server, 'POST /reset', { body: { token, new_password: password } })
  const both = await Promise.all([use(`${new_password}-1`), use(`${new_password}-2`)])
  t.strictSame(both.map(({ status }) => status).sort(), [200, 400])
})

t.test('POST /reset/send: the same answer whether there is such a user or not', async (t) => {
  const { server } = await ada()
  await signUp(server, 'eve')
  await server.users.change('eve', (user) => ({ ...user, enabled: false }))
  const ask = (username: unknown) => call(server, 'POST /reset/send', { body: { username } })
  const answers = await Promise.all(['ADA', 'nobody', 'eve', ':', ['ada']].map(ask))
  for (const res of answers)
    t.hasStrict(res, { status: 202, body: '{"sent":"if there is an account of this name"}' })
  t.same(new Set(answers.map(({ headers }) => JSON.stringify(headers))).size, 1)
  const mails = await server.outbox.mails()
  t.strictSame(
    mails.map(({ to }) => to),
    ['Ada'],
    'who is switched off gets nothing',
  )
  t.match(mails[0]?.link, /^\/reset\?token=/)
})

t.test('it is answered before anybody is looked for: the time tells nothing', async (t) => {
  const { server } = await ada()
  const { app, users } = server
  const { find } = users
  let answered: boolean | undefined
  const headers = { 'content-type': 'application/json' }
  const req = mockRequest({
    method: 'POST',
    url: '/reset/send',
    headers,
    body: '{"username":"ada"}',
  })
  const res = new MockResponse()
  users.find = async (id) => {
    answered = res.ended
    return await find.call(users, id)
  }
  await app(req, res)
  t.equal(answered, true)
})

t.test('for a browser: a form, and a page', async (t) => {
  const { server } = await ada()
  t.match(
    (await call(server, 'GET /signin')).body,
    /<a href="\/reset\/send">Forgot your password\?/,
  )
  t.match((await call(server, 'GET /reset/send')).body, /<h1>Forgot your password\?<\/h1>/)
  const res = await call(server, 'POST /reset/send', {
    headers: browser,
    body: { username: 'ada' },
  })
  t.equal(res.status, 202)
  t.match(res.body, /If there is an account of this name, a link is on its way to it\./)
})

t.test('links are counted for each account, whoever asks, and whether there is one', async (t) => {
  for (const username of ['ada', 'nobody']) {
    const { server } = await ada()
    const ask = (n: number) =>
      call(server, 'POST /reset/send', { body: { username }, remoteAddress: `198.51.100.${n}` })
    for (let n = 1; n <= 5; n += 1) t.equal((await ask(n)).status, 202)
    const res = await ask(6)
    t.hasStrict(res, { status: 429, headers: { 'retry-after': '40' } })
    server.clock.now += 60
    t.equal((await ask(6)).status, 202, 'the next minute has new ones')
  }
})

t.test('and for each address, whomever it asks for', async (t) => {
  const { server } = await ada()
  const { access_token: token } = await member(server, 'bob')
  for (let n = 1; n <= 4; n += 1)
    await call(server, 'POST /reset/send', { body: { username: `user${n}` } })
  t.equal((await call(server, 'POST /verify/send', { token })).status, 202)
  t.equal((await call(server, 'POST /verify/send', { token })).status, 429)
})

t.test('mail that cannot be sent is told to the log', async (t) => {
  const sendMail = async () => {
    throw new Error('the mail server is gone')
  }
  const server = await testAccounts({ environment: { PUBLIC_ORIGIN }, sendMail })
  await signUp(server)
  t.equal((await call(server, 'POST /reset/send', { body: { username: 'ada' } })).status, 202)
  t.hasStrict(server.events.at(-1), { level: 'error', event: 'cannot send the link' })
})

const production = { NODE_ENV: 'production', JWT_SECRET: SECRET, PUBLIC_ORIGIN }

t.test('outside teaching mode nothing is sent, and there is no such route', async (t) => {
  const server = await testAccounts({ environment: production })
  await signUp(server)
  const { access_token: token } = await signIn(server)
  for (const line of [
    'GET /outbox',
    'POST /reset/send',
    'POST /verify/send',
    'GET /reset',
    'GET /verify',
  ])
    t.equal((await call(server, line, { token })).status, 404, line)
  t.notMatch((await call(server, 'GET /signin')).body, /Forgot/)
  const page = await call(server, 'GET /sessions', { token, headers: browser })
  t.notMatch(page.body, /verified/)
})

t.test('with a sendMail of your own there are all but the outbox', async (t) => {
  const sent: Mail[] = []
  const sendMail = async (mail: Mail) => void sent.push(mail)
  const server = await testAccounts({ environment: production, sendMail })
  await signUp(server)
  const headers = { host: 'evil.example' }
  const res = await call(server, 'POST /reset/send', { headers, body: { username: 'ada' } })
  t.equal(res.status, 202)
  t.equal(sent[0]?.link.split('?')[0], `${PUBLIC_ORIGIN}/reset`, 'never the host of the request')
  t.equal((await call(server, 'GET /outbox')).status, 404)
  t.notMatch((await call(server, 'POST /reset/send', { headers: browser })).body, /outbox/)
})

t.test(
  'a sendMail without PUBLIC_ORIGIN is refused at the start: its links would lead nowhere',
  async (t) => {
    await t.rejects(testAccounts({ sendMail: async () => {} }), {
      name: 'ConfigError',
      message: /PUBLIC_ORIGIN: must be given where mail is sent/,
    })
  },
)
