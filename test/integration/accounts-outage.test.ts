// S117. While Redis cannot say, nobody gets in, nobody is told that something was done, and nothing is half done.
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { call, member, PASSWORD, refresh, signUp, testAccounts } from '../support/accounts.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const yesOrNo = ['set-cookie', 'www-authenticate', 'clear-site-data']

t.test('while Redis is away', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t, { args: ['--appendonly', 'yes', '--appendfsync', 'always'] })
  const store = await openStore(redis.url, { redis: patient })
  t.teardown(() => store.close())
  const server = await testAccounts({ store })
  await signUp(server, 'ada', { roles: ['CLIENT', 'ADMIN'] })
  const { access_token: token, refresh_token, page } = await member(server, 'ada', ['ADMIN'])
  await member(server, 'bob')
  const records = async () => ({
    users: await server.users.page(undefined, 50),
    ada: await server.families.allOf('ada'),
    bob: await server.families.allOf('bob'),
  })
  const before = await records()
  const body = { username: 'carl', password: PASSWORD }
  const requests: Record<string, Parameters<typeof call>[2]> = {
    'POST /signup': { body },
    'POST /signin': { body: { ...body, username: 'ada' } },
    'POST /refresh': { token: refresh_token },
    'GET /welcome': { token },
    'GET /sessions': { token },
    'DELETE /sessions': { token },
    'POST /sessions/end': { token, body: { id: 'others' } },
    'POST /password': {
      token,
      body: { current_password: PASSWORD, new_password: `${PASSWORD}-2` },
    },
    'GET /users': { token },
    'PUT /users/bob/roles': { token, body: { roles: ['ADMIN'] } },
    'PUT /users/bob/enabled': { token, body: { enabled: false } },
    'DELETE /users/bob': { token },
    'DELETE /users/bob/sessions': { token },
    'GET /logout': { token },
    'POST /logout': { body: { refresh_token } },
    'GET /': { headers: { cookie: `accounts=${page}` } },
  }
  await redis.end()

  t.test('whatever needs a record is 503, and says neither yes nor no', async (t) => {
    for (const [line, request] of Object.entries(requests)) {
      const { status, headers, body } = await call(server, line, request)
      t.equal(status, 503, line)
      t.equal(headers['retry-after'], '1', line)
      for (const name of yesOrNo) t.notOk(Object.hasOwn(headers, name), `${line}: ${name}`)
      t.notMatch(body, /eyJ|\$argon2/, line)
    }
  })

  t.test('what needs none is answered as ever', async (t) => {
    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
    t.equal((await call(server, 'GET /welcome')).status, 401)
    t.equal((await call(server, 'GET /welcome', { token: forged })).status, 401)
    t.equal((await call(server, 'POST /refresh', { token: forged })).status, 401)
    t.equal((await call(server, 'GET /signin')).status, 200)
    const weak = { body: { username: 'carl', password: 'newpass' } }
    t.equal((await call(server, 'POST /signup', weak)).status, 422)
  })

  t.test('when it is back all is as it was, and goes on', async (t) => {
    await redis.restart()
    await until(() => store.ping().then(() => true), 'the store answers again')
    t.same(await records(), before)
    t.equal((await call(server, 'GET /welcome', { token })).status, 200)
    t.equal((await refresh(server, refresh_token)).status, 200)
    t.equal((await call(server, 'POST /signup', { body })).status, 201, 'the name is free')
    const signIn = { body: { ...body, username: 'ada' } }
    t.equal((await call(server, 'POST /signin', signIn)).status, 200, 'the password is the old one')
  })
})
