import t from 'tap'
import { call, linkFor, member, testAccounts } from '../../../support/accounts.ts'

t.test(
  'who is signed in sees so at the head of every page, also where they may not go',
  async (t) => {
    const server = await testAccounts()
    const { page } = await member(server, 'Ada')
    await server.users.change('ada', (user) => ({ ...user, verified: true }))
    const cookie = { cookie: `accounts=${page}` }
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }
    const [verify, reset] = [
      await linkFor(server, 'verify-email'),
      await linkFor(server, 'reset-password'),
    ]
    for (const [line, status, body] of [
      ['GET /users', 403],
      ['POST /verify/send', 409],
      ['GET /signin', 200],
      ['GET /signup', 200],
      [`GET /verify?token=${verify}`, 200],
      ['GET /verify?token=x', 400],
      ['POST /verify', 400, { token: 'x' }],
      ['GET /verify/done', 200],
      [`GET /reset?token=${reset}`, 200],
      ['POST /reset', 422, { token: reset, new_password: 'short' }],
      ['GET /reset/send', 200],
      ['POST /reset/send', 202, { username: 'ada' }],
      ['GET /reset/done', 200],
      ['GET /password/done', 200],
    ] as const) {
      const asked = { ...(body && { body }), headers: { ...headers, ...cookie } }
      const res = await call(server, line, asked)
      t.equal(res.status, status, line)
      t.match(res.body, /Signed in as <strong>Ada</, line)
      const { body: toStrangers } = await call(server, line, { ...asked, headers })
      t.notMatch(toStrangers, /Signed in as/, `${line}, of nobody`)
    }
  },
)
