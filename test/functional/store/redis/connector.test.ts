import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import t from 'tap'
import { Connector, MasterConnector } from '../../../../example/store/redis/connector.ts'
import { redisMissing } from '../../../support/redis.ts'
import { startRedisTls } from '../../../support/redis-tls.ts'

const unheard = () => {}

t.test('a connection with TLS', { skip: redisMissing() }, async (t) => {
  const server = await startRedisTls(t)
  const { port, caFile } = server

  t.test('works as one of ioredis does', async (t) => {
    const tls = { ca: readFileSync(caFile) }
    const client = new Redis({ host: 'localhost', port, tls, Connector })
    t.teardown(() => client.disconnect())
    t.equal(await client.ping(), 'PONG')
  })

  t.test('keeps the first error, and outlives a second: it would end the process', async (t) => {
    const connector = new Connector({ host: 'localhost', port, tls: {} })
    const stream = await connector.connect(unheard)
    t.teardown(() => stream.destroy())
    const first = new Error('the certificate is refused')
    stream.emit('error', first)
    t.equal(stream.emit('error', new Error('the other side is not amused')), true)
    t.equal(connector.firstError, first)
  })
})

t.test('a master is accepted, and so is one that does not say what it is', async (t) => {
  const connector = new MasterConnector({})
  t.equal(connector.check({ role: 'master' }), true)
  t.equal(connector.check({}), true)
})

t.test(
  'a replica is refused, even in silence: it may not know that a session has ended',
  async (t) => {
    const reported: string[] = []
    const connector = new MasterConnector({ host: '127.0.0.1', port: 1 })
    t.equal(connector.check({ role: 'slave' }), false)
    const stream = await connector.connect((event, error) =>
      reported.push(`${event} ${error.message}`),
    )
    stream.destroy()
    t.equal(connector.check({ role: 'slave' }), false)
    t.strictSame(reported, ['error READONLY The server is a replica'])
  },
)
