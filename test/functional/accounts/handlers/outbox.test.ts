import t from 'tap'
import { call, member, testAccounts } from '../../../support/accounts.ts'

t.test('GET /outbox shows what would have been sent, and says to whom it shows it', async (t) => {
  const server = await testAccounts()
  const headers = { accept: 'text/html' }
  t.match((await call(server, 'GET /outbox', { headers })).body, /Nothing yet\./)
  const mail = { to: 'ada', subject: '<b>Hello</b>', text: 'Open it', link: '/verify?token=x' }
  await server.outbox.put(mail)
  server.clock.now += 60
  const page = await call(server, 'GET /outbox', { headers })
  t.hasStrict(page, { status: 200, headers: { 'cache-control': 'no-store' } })
  t.match(page.body, /everybody&#39;s mail|everybody's mail/)
  t.match(page.body, '&lt;b&gt;Hello&lt;&#x2F;b&gt;')
  t.match(page.body, /href="&#x2F;verify\?token&#x3D;x"/)
  t.match(page.body, /1 minute ago/)
  const { mails } = JSON.parse((await call(server, 'GET /outbox')).body)
  t.strictSame(mails, [{ ...mail, at: server.clock.now - 60 }])
})

t.test('whoever is signed in still is on the page of the outbox', async (t) => {
  const server = await testAccounts()
  const { access_token: token } = await member(server)
  const page = await call(server, 'GET /outbox', { token, headers: { accept: 'text/html' } })
  t.match(page.body, 'href="/sessions"')
  t.notMatch(page.body, 'href="/signin"')
})
