import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { listen } from '../../example/http/listen.ts'
import { SECRET, testConfig } from '../support/fixtures.ts'
import { runServer, startServer } from '../support/process.ts'
import { signIn } from './client.ts'

const good = { PORT: '0', STORE_URL: 'memory:', JWT_SECRET: SECRET }

t.test('wrong settings are all listed, by name, and nothing starts', async (t) => {
  const wrong = { PORT: 'x', JWT_SECRET: 'too short', SESSION_LIFETIME: '7' }
  t.same(await runServer({ ...good, ...wrong }), {
    code: 1,
    output: [
      'Cannot start with these settings:',
      '  PORT: must be a whole number',
      '  JWT_SECRET: is 9 bytes long: use 32 or more',
      '  SESSION_LIFETIME: must be a duration such as 90s, 10m, 1h30m or 7d',
      '',
    ].join('\n'),
  })
})

t.test('production without its settings does not start', async (t) => {
  const { code, output } = await runServer({ NODE_ENV: 'production', STORE_URL: 'memory:' })
  t.equal(code, 1)
  for (const name of ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'])
    t.match(output, new RegExp(`^ {2}${name}: must be given in production`, 'm'))
})

t.test('a port that is taken: one sentence, which says what to do', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as AddressInfo
  t.same(await runServer({ ...good, PORT: String(port) }), {
    code: 1,
    output: `Cannot listen on 127.0.0.1:${port}: another program does. Set PORT to use another\n`,
  })
})

t.test('an address that is not ours: one sentence', async (t) => {
  const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests, and nothing else' }
  t.same(await runServer({ ...good, ...account, HOST: '192.0.2.1' }), {
    code: 1,
    output:
      'Cannot listen on 192.0.2.1:0: this machine has no such address. Set HOST to use another\n',
  })
})

t.test('a host that has no address: one sentence, in the words of the system', async (t) => {
  const host = 'n'.repeat(300)
  const start = listen({ ...testConfig(), host, port: 0, handler: async () => {} })
  await t.rejects(start, { message: /^Cannot listen on n{300}:0: \S[^\n]+$/ })
})

t.test('a store that another process uses: one sentence, and the first goes on', async (t) => {
  const folder = join(t.testdir(), 'data')
  const first = await startServer({ STORE_URL: `level:${folder}` })
  t.teardown(() => first.end('SIGKILL'))
  t.same(await runServer({ ...good, STORE_URL: `level:${folder}` }), {
    code: 1,
    output: `Cannot open the store: another process is using ${folder}. Is this server running in another terminal? Stop it there, or set STORE_URL and PORT\n`,
  })
  t.ok(await signIn(first.url))
})

t.test('a secret that others may read: one sentence', async (t) => {
  const folder = t.testdir()
  const path = join(folder, 'secret')
  writeFileSync(path, `${SECRET}\n`, { mode: 0o644 })
  t.same(await runServer({ ...good, STORE_URL: `level:${folder}`, JWT_SECRET: '' }), {
    code: 1,
    output: `Cannot use the secret in ${path}: others may read it. Run: chmod 600 ${path}\n`,
  })
})

t.test('a store whose folder is a file: one sentence and no stack', async (t) => {
  const path = join(t.testdir({ data: 'a file' }), 'data')
  const { code, output } = await runServer({ ...good, STORE_URL: `level:${path}` })
  t.equal(code, 1)
  t.match(output, /^[^\n]+\n$/)
  t.ok(output.includes(path))
})
