import t from 'tap'
import { runServer } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { startRedisTls } from '../support/redis-tls.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import { processOn } from './on-redis.ts'

// S120. Node reads NODE_EXTRA_CA_CERTS only when it starts, so it takes a server of its own.

const skip = redisMissing()

t.test('over TLS, with a certificate that we trust', { skip }, async (t) => {
  const redis = await startRedisTls(t)
  const { url } = await processOn(t, redis, { NODE_EXTRA_CA_CERTS: redis.caFile })

  t.test('signing in, looking and signing out work as ever', async (t) => {
    const token = await signIn(url)
    t.equal(await visit(url, token), 200)
    t.equal(await signOut(url, token), 200)
    t.equal(await visit(url, token), 401)
  })

  t.test('/health does not tell with what we connect', async (t) => {
    const res = await fetch(`${url}/health`)
    t.equal(res.status, 200)
    t.equal(await res.text(), '{"status":"ok","store":"redis"}')
  })

  t.test('without the certificate of the authority, it does not start', async (t) => {
    t.strictSame(await start(redis.url), refused(`localhost:${redis.port}`))
  })

  t.test('spoken to without TLS, it does not start', async (t) => {
    const { code, output } = await start(`redis://127.0.0.1:${redis.port}`)
    t.equal(code, 1)
    t.match(output, /^Cannot open the store: [^\n]+\n$/)
  })
})

t.test('a Cluster over TLS', { skip }, async (t) => {
  const args = [
    '--cluster-enabled',
    'yes',
    '--tls-cluster',
    'yes',
    '--cluster-announce-ip',
    '127.0.0.1',
  ]
  const node = await startRedisTls(t, { args: [...args, '--cluster-port', '0'] })
  await node.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  const works = async () => /cluster_state:ok/.test(String(await node.command('CLUSTER', 'INFO')))
  await until(works, 'the node works alone')
  const url = node.url.replace('rediss:', 'rediss-cluster:')
  const environment = { NODE_EXTRA_CA_CERTS: node.caFile }

  t.test('signing in, looking and signing out work as ever', async (t) => {
    const server = await processOn(t, { url }, environment)
    const token = await signIn(server.url)
    t.equal(await visit(server.url, token), 200)
    t.equal(await signOut(server.url, token), 200)
    t.equal(await visit(server.url, token), 401)
  })

  t.test('without the certificate of the authority, it does not start', async (t) => {
    t.equal((await start(url)).code, 1)
  })
})

t.test('with the certificate of another machine, it does not start', { skip }, async (t) => {
  const redis = await startRedisTls(t, { names: 'DNS:elsewhere.example' })
  const environment = { NODE_EXTRA_CA_CERTS: redis.caFile }
  t.strictSame(await start(redis.url, environment), refused(`localhost:${redis.port}`))
})

t.test('with a Redis that knows no TLS, it does not start', { skip }, async (t) => {
  const redis = await startRedis(t)
  const where = `127.0.0.1:${redis.port}`
  const { code, output } = await start(`rediss://${where}`)
  t.equal(code, 1)
  t.match(output, /^Cannot open the store: [^\n]+\n$/)
})

const start = (STORE_URL: string, environment: Record<string, string> = {}) =>
  runServer({
    PORT: '0',
    JWT_SECRET: 'for-tests-only-pX3nT7cQ9vL2kM5wZ8',
    STORE_URL,
    ...environment,
  })

const refused = (where: string) => ({
  code: 1,
  output: `Cannot open the store: no TLS connection to ${where} that can be trusted. Check STORE_URL\n`,
})
