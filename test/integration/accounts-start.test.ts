import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { call, PASSWORD, refresh, signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { accountsServer as file, runServer, startServer } from '../support/process.ts'
import { overHttp } from './over-http.ts'

t.test('the first start, with nothing set, and the next one', async (t) => {
  const folder = temporaryFolder(t)
  const start = async () => {
    const server = await startServer({ JWT_SECRET: '' }, { folder, file })
    t.teardown(() => server.end('SIGKILL'))
    return { ...overHttp(server.url), ...server }
  }
  const first = await start()
  const secret = () => readFileSync(join(folder, 'data/accounts/secret'), 'utf8')
  const made = secret()

  t.test('makes a secret for its owner alone, beside the users', async (t) => {
    t.equal(statSync(join(folder, 'data/accounts/secret')).mode & 0o777, 0o600)
    t.equal(statSync(join(folder, 'data/accounts')).mode & 0o777, 0o700)
  })

  await t.test('knows no account, whatever somebody tries (S74)', async (t) => {
    const wellKnown = [
      ['masterbuilder', 'itsnosecret'],
      ['admin', 'admin'],
      ['username', 'password'],
      ['newuser', 'newpass'],
    ] as const
    for (const [username, password] of wellKnown) {
      const { status } = await call(first, 'POST /signin', { body: { username, password } })
      t.equal(status, 401, username)
    }
  })

  const body = { username: 'ada', password: PASSWORD }
  t.equal((await call(first, 'POST /signup', { body })).status, 201)
  const pair = await signIn(first)
  t.equal(await first.end(), 0)

  const second = await start()
  t.test('after a restart users and devices are the same', async (t) => {
    t.equal(secret(), made)
    const { body } = await call(second, 'GET /sessions', { token: pair.access_token })
    t.hasStrict(JSON.parse(body), { sessions: [{ device: 'node', current: true }] })
    t.equal((await refresh(second, pair.refresh_token)).status, 200)
    t.ok((await signIn(second)).access_token)
  })

  t.test('SIGINT stops it, and nothing that it has printed is a secret', async (t) => {
    t.equal(await second.end('SIGINT'), 0)
    const printed = first.output() + second.output()
    t.match(printed, /^\d\d:\d\d:\d\d {2}signed in {2}user="ada"/m)
    for (const text of [made.trim(), PASSWORD, '$argon2id', 'eyJ']) t.notOk(printed.includes(text))
  })
})

t.test('wrong settings are all listed, by name, and nothing starts', async (t) => {
  const lines = ['ACCESS_LIFETIME=7', 'REFRESH_POLICY=always', 'REFRESH_GRACE=1h', 'USERS=ada', '']
  const folder = temporaryFolder(t, { '.env.accounts': lines.join('\n') })
  t.same(await runServer({ NODE_ENV: 'production' }, { folder, file }), {
    code: 1,
    output: [
      'Cannot start with these settings:',
      '  USERS: is no setting',
      '  ACCESS_LIFETIME: must be a duration such as 90s, 10m, 1h30m or 7d',
      '  REFRESH_POLICY: must be refreshBoth, refreshOnExpire, noRefresh or window',
      '  REFRESH_GRACE: must be 5m or less',
      '  JWT_SECRET: must be given in production (NODE_ENV)',
      '',
    ].join('\n'),
  })
})
