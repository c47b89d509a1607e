// S127. Whoever looks for what a thief did finds who did what, from where, in which session; and no token.
import t from 'tap'
import { call, PASSWORD, refresh, signIn, signUp, testAccounts } from '../../support/accounts.ts'

t.test('the log of one visit', async (t) => {
  const server = await testAccounts({ environment: { REFRESH_GRACE: '0' } })
  await signUp(server)
  const guess = (username: string) =>
    call(server, 'POST /signin', { body: { username, password: 'a wrong guess' } })
  await guess('ada')
  await guess('typed-here-by-mistake')
  const { access_token: token, refresh_token } = await signIn(server)
  await call(server, 'GET /users', { token })
  await call(server, 'POST /logout', { token, body: {} })
  const stolen = await signIn(server)
  await refresh(server, stolen.refresh_token)
  await refresh(server, stolen.refresh_token)

  const [first = '', second = ''] = server.events.flatMap(({ event, fields }) =>
    event === 'signed in' ? [String(fields.session)] : [],
  )
  const address = '192.0.2.1'
  t.strictSame(server.events, [
    { level: 'warn', event: 'sign-in failed', fields: { user: 'ada', address } },
    { level: 'warn', event: 'sign-in failed', fields: { user: undefined, address } },
    { level: 'info', event: 'signed in', fields: { user: 'ada', address, session: first } },
    { level: 'warn', event: 'forbidden', fields: { user: 'ada' } },
    { level: 'info', event: 'signed out', fields: { user: 'ada', session: first } },
    { level: 'info', event: 'signed in', fields: { user: 'ada', address, session: second } },
    { level: 'warn', event: 'refresh token reused', fields: { user: 'ada', session: second } },
    { level: 'warn', event: 'refresh token refused', fields: { reason: 'reuse' } },
  ])
  for (const session of [first, second]) t.match(session, /^[0-9a-f-]{8}$/, 'no whole id')
  const text = JSON.stringify(server.events)
  for (const secret of [token, refresh_token, stolen.refresh_token, PASSWORD])
    t.notOk(text.includes(secret))
})
