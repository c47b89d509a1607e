import t from 'tap'
import { call, member, testAccounts } from '../../../support/accounts.ts'

t.test('GET / leads a stranger to sign up, and somebody to their devices', async (t) => {
  const server = await testAccounts()
  const { access_token: token } = await member(server, 'Ada')
  const [stranger, somebody, refused] = [
    await call(server, 'GET /'),
    await call(server, 'GET /', { token }),
    await call(server, 'GET /', { token: 'no.token.atall' }),
  ]
  for (const res of [stranger, refused]) {
    t.hasStrict(res, { status: 200, headers: { 'cache-control': 'no-store' } })
    t.match(res.body, /<h1>Many users, many devices<.*href="\/signup"/s)
    t.notMatch(res.body, /Signed in as/)
  }
  t.match(somebody.body, /Signed in as <strong>Ada<.*<h1>You are signed in as Ada<.*"\/family"/s)
})
