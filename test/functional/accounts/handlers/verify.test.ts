import t from 'tap'
import { call, linkFor, member, PASSWORD, testAccounts } from '../../../support/accounts.ts'

const browser = { accept: 'text/html' }

async function ada() {
  const server = await testAccounts()
  const { access_token: token } = await member(server)
  return { server, token, link: await linkFor(server, 'verify-email') }
}

t.test('a sign-up sends a link, and its use verifies the user', async (t) => {
  const server = await testAccounts()
  await call(server, 'POST /signup', { body: { username: 'Ada', password: PASSWORD } })
  const [mail] = await server.outbox.mails()
  t.hasStrict(mail, { to: 'Ada', subject: 'Is this address yours?' })
  t.match(mail?.text, /It is good for 15 minutes, and once\. /)
  const [path, token = ''] = mail?.link.split('?token=') ?? []
  t.equal(path, '/verify')
  const res = await call(server, `POST ${path}`, { body: { token } })
  t.hasStrict(res, { status: 200, body: '{"verified":true}' })
  t.hasStrict(await server.users.find('ada'), { verified: true })
})

t.test('GET /verify shows a button and changes nothing', async (t) => {
  const { server, link } = await ada()
  const line = `GET /verify?token=${link}`
  const page = await call(server, line, { headers: browser })
  t.hasStrict(page, { status: 200, headers: { 'referrer-policy': 'no-referrer' } })
  t.match(page.body, /<form method="post" action="\/verify">/)
  t.match(page.body, `value="${link}"`, 'the form carries the token in its body')
  const res = await call(server, line)
  t.hasStrict(res, { status: 200, body: '{"username":"ada","purpose":"verify-email"}' })
  t.hasStrict(await server.users.find('ada'), { verified: false })
})

t.test('POST /verify sends a browser to a page that says so', async (t) => {
  const { server, link } = await ada()
  const res = await call(server, 'POST /verify', { headers: browser, body: { token: link } })
  t.hasStrict(res, { status: 303, headers: { location: '/verify/done' } })
  t.match((await call(server, 'GET /verify/done')).body, /<h1>It is verified<\/h1>/)
})

t.test('a link that is no good: one answer, and how to get another', async (t) => {
  const { server, link } = await ada()
  await call(server, 'POST /verify', { body: { token: link } })
  const why = 'it was used, its time is over, or it is not one of ours'
  const res = await call(server, 'POST /verify', { body: { token: link } })
  t.hasStrict(res, {
    status: 400,
    headers: { 'referrer-policy': 'no-referrer' },
    body: JSON.stringify({
      error: 'invalid_grant',
      error_description: `Cannot use the link: ${why}. Sign in and ask for another: POST /verify/send`,
    }),
  })
  const page = await call(server, `GET /verify?token=${link}`, { headers: browser })
  t.hasStrict(page, { status: 400, headers: { 'referrer-policy': 'no-referrer' } })
  t.match(page.body, `<p class="lead">It cannot be used: ${why}.</p>`)
  t.match(page.body, /<a href="&#x2F;sessions">Ask for another one/)
  for (const url of ['/verify', '/verify?token=', '/verify?token=a&token=b'])
    t.hasStrict(await call(server, `GET ${url}`, { headers: browser }), {
      status: 400,
      body: page.body,
    })
})

t.test('POST /verify/send sends another link to whoever is signed in', async (t) => {
  const { server, token } = await ada()
  const res = await call(server, 'POST /verify/send', { token })
  t.hasStrict(res, { status: 202, body: '{"sent":true}' })
  const [mail] = await server.outbox.mails()
  t.match(mail?.link, /^\/verify\?token=/)
  t.hasStrict(server.events.at(-1), {
    event: 'link sent',
    fields: { user: 'ada', purpose: 'verify-email' },
  })
  const page = await call(server, 'POST /verify/send', { token, headers: browser })
  t.equal(page.status, 202)
  t.match(page.body, /<h1>Look into your mail<\/h1>/)
  t.match(page.body, /Signed in as <strong>ada<\/strong>/)
  t.match(page.body, /in the <a href="\/outbox">outbox<\/a>/)
})

t.test('a user who is verified needs no other', async (t) => {
  const { server, token, link } = await ada()
  t.match(
    (await call(server, 'GET /sessions', { token, headers: browser })).body,
    /It is not verified yet/,
  )
  await call(server, 'POST /verify', { body: { token: link } })
  const page = await call(server, 'GET /sessions', { token, headers: browser })
  t.match(page.body, /It is verified/)
  t.notMatch(page.body, /verify\/send/)
  t.equal((await call(server, 'POST /verify/send', { token })).status, 409)
  t.equal((await server.outbox.mails()).length, 0)
})

t.test('administrators see who is verified', async (t) => {
  const { server, link } = await ada()
  await call(server, 'POST /verify', { body: { token: link } })
  const { access_token: token } = await member(server, 'root', ['ADMIN'])
  const { users } = JSON.parse((await call(server, 'GET /users', { token })).body)
  t.strictSame(
    users.map(({ username, verified }: Record<string, unknown>) => [username, verified]),
    [
      ['ada', true],
      ['root', false],
    ],
  )
})

t.test('mail that does not leave keeps nobody from signing up', async (t) => {
  const sendMail = async () => {
    throw new Error('the mail server is gone')
  }
  const PUBLIC_ORIGIN = 'https://accounts.example.org'
  const server = await testAccounts({ environment: { PUBLIC_ORIGIN }, sendMail })
  const body = { username: 'ada', password: PASSWORD }
  t.equal((await call(server, 'POST /signup', { body })).status, 201)
  t.hasStrict(server.events.at(-1), {
    event: 'cannot send the link',
    fields: { reason: 'Error: the mail server is gone' },
  })
})
