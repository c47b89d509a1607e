import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { PASSWORD } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { call } from '../support/issuer.ts'
import { issuerServer as file, runServer, startServer } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { inNoHurry } from './on-redis.ts'
import { overHttp } from './over-http.ts'

const admin = { username: 'admin', password: PASSWORD }
const given = 'of-the-store-for-tests-4hG'
const wrong = 'Cannot open the store: the password is wrong, or the record of its key is damaged\n'

t.test('the first start shows a password, which opens the store even after kill -9', async (t) => {
  const where = { folder: temporaryFolder(t), file }
  const first = await startServer({}, where)
  await first.end('SIGKILL')
  const password = /^ {2}ISSUER_PASSWORD=([\w-]{32})$/m.exec(first.output())?.[1] ?? ''

  const environment = { PORT: '0', ISSUER_PASSWORD: `${password}.` }
  t.same(await runServer(environment, where), { code: 1, output: wrong })

  const init = spawnSync(
    process.execPath,
    [
      `--import=${new URL('../../example/typescript.mjs', import.meta.url).href}`,
      fileURLToPath(file),
      '-init',
    ],
    {
      cwd: where.folder,
      env: { PATH: process.env.PATH, ISSUER_PASSWORD: password },
      input: `${PASSWORD}\n`,
      encoding: 'utf8',
    },
  )
  t.hasStrict(init, {
    status: 0,
    stdout: 'admin is an administrator: sign in with POST /admin/login\n',
    stderr: '',
  })

  const second = await startServer({ ISSUER_PASSWORD: password }, where)
  t.teardown(() => second.end('SIGKILL'))
  const server = overHttp(second.url)
  t.equal((await call(server, 'POST /admin/login', admin)).status, 200)
  t.equal((await call(server, 'GET /health')).status, 200)
  t.equal(await second.end(), 0)
  for (const secret of [password, PASSWORD]) t.notMatch(second.output(), secret)
})

t.test(
  'of two that start at once on a new Redis, both open it',
  { skip: redisMissing() },
  async (t) => {
    const redis = await startRedis(t)
    const environment = { STORE_URL: redis.url, ISSUER_PASSWORD: given, ...inNoHurry }
    const folder = temporaryFolder(t)
    const both = await Promise.all([
      startServer(environment, { folder, file }),
      startServer(environment, { folder, file }),
    ])
    for (const server of both) {
      t.teardown(() => server.end('SIGKILL'))
      t.equal((await call(overHttp(server.url), 'GET /health')).status, 200)
    }
  },
)
