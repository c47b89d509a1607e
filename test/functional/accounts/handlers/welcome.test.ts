import t from 'tap'
import { call, member, testAccounts } from '../../../support/accounts.ts'

async function ada(...roles: Array<'CLIENT' | 'ADMIN'>) {
  const server = await testAccounts()
  const { access_token: token } = await member(server, 'Ada', roles)
  return { server, token }
}

t.test('the text of the older tutorial', async (t) => {
  const { server, token } = await ada('CLIENT', 'ADMIN')
  const res = await call(server, 'GET /welcome', { token })
  t.equal(res.body, 'Welcome Ada!\n Your roles are: [CLIENT, ADMIN]')
  t.equal(res.headers['content-type'], 'text/plain; charset=utf-8')
})

t.test('JSON or a page for who asks for it', async (t) => {
  const { server, token } = await ada('CLIENT')
  const json = await call(server, 'GET /welcome', {
    token,
    headers: { accept: 'application/json' },
  })
  t.strictSame(JSON.parse(json.body), { username: 'Ada', roles: ['CLIENT'] })
  const page = await call(server, 'GET /welcome', { token, headers: { accept: 'text/html' } })
  t.match(page.body, /<h1>Welcome Ada!<\/h1>/)
})

t.test('Bearer alone: a bare token, as the first server takes it, is none here', async (t) => {
  const { server, token } = await ada('CLIENT')
  t.equal((await call(server, 'GET /welcome', { headers: { authorization: token } })).status, 401)
})
