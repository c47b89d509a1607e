import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import t from 'tap'
import { TlsConnector } from '../../../example/store/redis-tls.ts'
import { redisMissing } from '../../support/redis.ts'
import { startRedisTls } from '../../support/redis-tls.ts'

t.test('a connection with TLS', { skip: redisMissing() }, async (t) => {
  const server = await startRedisTls(t)
  const { port, caFile } = server

  t.test('works as one of ioredis does', async (t) => {
    const tls = { ca: readFileSync(caFile) }
    const client = new Redis({ host: 'localhost', port, tls, Connector: TlsConnector })
    t.teardown(() => client.disconnect())
    t.equal(await client.ping(), 'PONG')
  })

  t.test('keeps the first error, and outlives a second: it would end the process', async (t) => {
    const connector = new TlsConnector({ host: 'localhost', port, tls: {} })
    const stream = await connector.connect()
    t.teardown(() => stream.destroy())
    const first = new Error('the certificate is refused')
    stream.emit('error', first)
    t.equal(stream.emit('error', new Error('the other side is not amused')), true)
    t.equal(connector.firstError, first)
  })

  t.test('goes to the default port of this machine when nothing else is said', async (t) => {
    const stream = await new TlsConnector({}).connect()
    t.teardown(() => stream.destroy())
    const refused = await new Promise<NodeJS.ErrnoException>((resolve) =>
      stream.once('error', resolve),
    )
    t.match(refused.message, /6379/)
  })
})
