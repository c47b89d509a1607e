import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { listen } from '../../example/http/listen.ts'
import { SECRET, testConfig } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { runServer, startServer } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
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
    output: `Cannot listen on 127.0.0.1:${port}: another program does. Set PORT to a free one\n`,
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
  const folder = join(temporaryFolder(t), 'data')
  const first = await startServer({ STORE_URL: `level:${folder}` })
  t.teardown(() => first.end('SIGKILL'))
  t.same(await runServer({ ...good, STORE_URL: `level:${folder}` }), {
    code: 1,
    output: `Cannot open the store: another process is using ${folder}. Is this server running in another terminal? Stop it there, or set STORE_URL and PORT\n`,
  })
  t.ok(await signIn(first.url))
})

t.test('a secret that others may read: one sentence', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'secret')
  writeFileSync(path, `${SECRET}\n`, { mode: 0o644 })
  t.same(await runServer({ ...good, STORE_URL: `level:${folder}`, JWT_SECRET: '' }), {
    code: 1,
    output: `Cannot use the secret in ${path}: others may read it. Run: chmod 600 ${path}\n`,
  })
})

t.test('a .env that others may read, with a secret in it: one sentence', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, '.env'), `JWT_SECRET=${SECRET}\n`, { mode: 0o644 })
  t.same(await runServer({ PORT: '0', STORE_URL: 'memory:' }, { folder: folder }), {
    code: 1,
    output: 'Cannot use the secrets in .env: others may read it. Run: chmod 600 .env\n',
  })
})

t.test('a .env with an unknown name: refused by that name', async (t) => {
  const folder = temporaryFolder(t, { '.env': 'DEMO_USERNAME=ada\nPORTS=80\n' })
  t.same(await runServer(good, { folder: folder }), {
    code: 1,
    output:
      'Cannot start with these settings:\n  DEMO_USERNAME: is no setting\n  PORTS: is no setting\n',
  })
})

t.test('a store whose folder is a file: one sentence and no stack', async (t) => {
  const path = join(temporaryFolder(t, { data: 'a file' }), 'data')
  const { code, output } = await runServer({ ...good, STORE_URL: `level:${path}` })
  t.equal(code, 1)
  t.match(output, /^[^\n]+\n$/)
  t.ok(output.includes(path))
})

t.test('a Redis that cannot be used: one sentence, and never the password', async (t) => {
  const skip = redisMissing()
  const password = 'of-redis-for-tests-5uQ'
  const account = `ada:${password}@`
  /** With this URL it ends, in good time, and this is all that it says. */
  const refuses = async (t: Test, url: string, sentence: string, limit = '5000') => {
    const start = performance.now()
    const environment = { ...good, STORE_URL: url, REDIS_CONNECT_MILLISECONDS: limit }
    t.same(await runServer(environment), { code: 1, output: `${sentence}\n` })
    t.ok(performance.now() - start < 10_000, 'it does not wait forever')
    t.notOk(sentence.includes(password))
  }

  t.test('an unknown scheme', async (t) => {
    await refuses(
      t,
      `redsi://${account}127.0.0.1`,
      'Cannot start with these settings:\n  STORE_URL: must be memory:, level: and a folder, or redis://, rediss://, redis-cluster:// or redis-sentinel:// and a host',
    )
  })

  t.test('a host that does not exist', async (t) => {
    await refuses(
      t,
      `redis://${account}redis.invalid`,
      'Cannot open the store: the host of redis.invalid:6379 is not known. Check STORE_URL',
    )
  })

  t.test('a wrong password', { skip }, async (t) => {
    const { port } = await startRedis(t, { password: 'the right one' })
    await refuses(
      t,
      `redis://:${password}@127.0.0.1:${port}`,
      `Cannot open the store: Redis at 127.0.0.1:${port} refuses the user or the password in STORE_URL`,
    )
  })

  t.test('one server that should be a Cluster, and the reverse', { skip }, async (t) => {
    const [alone, node] = await Promise.all([
      startRedis(t, { password }),
      startRedis(t, { password, args: ['--cluster-enabled', 'yes'] }),
    ])
    await refuses(
      t,
      alone.url.replace('redis:', 'redis-cluster:'),
      `Cannot open the store: Redis at 127.0.0.1:${alone.port} is not a Cluster. Begin STORE_URL with redis://`,
    )
    await refuses(
      t,
      node.url,
      'Cannot open the store: the server is part of a Cluster. Begin STORE_URL with redis-cluster://',
    )
  })

  t.test('one that hangs', { skip }, async (t) => {
    const redis = await startRedis(t, { password })
    redis.pause()
    await refuses(
      t,
      redis.url,
      `Cannot open the store: Redis at 127.0.0.1:${redis.port} does not answer in time, or still reads its records. Check STORE_URL`,
      '300',
    )
  })
})
