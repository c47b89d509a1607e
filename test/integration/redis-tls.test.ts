import t from 'tap'
import { SECRET } from '../support/fixtures.ts'
import { runServer } from '../support/process.ts'
import { redisMissing } from '../support/redis.ts'
import { startRedisTls } from '../support/redis-tls.ts'
import { until } from '../support/until.ts'
import { wholeVisit } from './client.ts'
import { processOn } from './on-redis.ts'

// S120. Node reads NODE_EXTRA_CA_CERTS only when it starts, so it takes a server of its own. What is refused without
// it stands in functional/store/redis/open.

const skip = redisMissing()

t.test('over TLS, with a certificate that we trust', { skip }, async (t) => {
  const redis = await startRedisTls(t)
  const { url } = await processOn(t, redis, { NODE_EXTRA_CA_CERTS: redis.caFile })

  t.test('signing in, looking and signing out work as ever', async (t) => {
    await wholeVisit(t, url)
  })

  t.test('/health does not tell with what we connect', async (t) => {
    const res = await fetch(`${url}/health`)
    t.equal(res.status, 200)
    t.equal(await res.text(), '{"status":"ok","store":"redis"}')
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
  const server = await processOn(t, { url }, { NODE_EXTRA_CA_CERTS: node.caFile })

  t.test('signing in, looking and signing out work as ever', async (t) => {
    await wholeVisit(t, server.url)
  })
})

t.test('with the certificate of another machine, it does not start', { skip }, async (t) => {
  const redis = await startRedisTls(t, { names: 'DNS:elsewhere.example' })
  const environment = { NODE_EXTRA_CA_CERTS: redis.caFile }
  const settings = { PORT: '0', JWT_SECRET: SECRET, STORE_URL: redis.url }
  t.strictSame(await runServer({ ...settings, ...environment }), {
    code: 1,
    output: `Cannot open the store: no TLS connection to localhost:${redis.port} that can be trusted. Check STORE_URL\n`,
  })
})
