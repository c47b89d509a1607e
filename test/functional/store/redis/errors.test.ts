import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { RecordDamaged, StoreUnavailable } from '../../../../example/store/errors.ts'
import { refusalOf } from '../../../../example/store/redis/errors.ts'
import { type RedisServer, redisMissing, startRedis } from '../../../support/redis.ts'
import { until } from '../../../support/until.ts'

/** What a connection of its own says to a command that must fail. */
async function errorOf(
  server: Pick<RedisServer, 'port'>,
  [name = '', ...args]: string[],
  options: { host?: string; username?: string; password?: string } = {},
): Promise<Error> {
  const client = new Redis(server.port, { lazyConnect: true, ...options })
  let said: Error | undefined
  client.on('error', (error) => (said ??= error)) // why there is no connection
  try {
    await client.connect()
    await client.call(name, ...args)
  } catch (error) {
    if (error instanceof Error) return said ?? error
  } finally {
    client.disconnect()
  }
  throw new Error(`${name} was answered`)
}

function codeOf(message: string): string {
  const refusal = refusalOf('read the record', new Error(message))
  return refusal instanceof StoreUnavailable ? refusal.code : refusal.name
}

const set = ['SET', 'a', 'b']

/** How to get a real server to say it. */
const real: Record<string, [code: string, error: (t: Test) => Promise<Error>]> = {
  OOM: [
    'out-of-memory',
    async (t) => errorOf(await startRedis(t, { args: ['--maxmemory', '1'] }), set),
  ],
  'OOM in a script': [
    'out-of-memory',
    async (t) => {
      const redis = await startRedis(t, { args: ['--maxmemory', '1'] })
      return await errorOf(redis, ['EVAL', "return redis.call('SET', 'a', 'b')", '0'])
    },
  ],
  READONLY: [
    'read-only',
    async (t) => errorOf(await startRedis(t, { args: ['--replicaof', '127.0.0.1', '1'] }), set),
  ],
  MASTERDOWN: [
    'down',
    async (t) => {
      const args = ['--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'no']
      return await errorOf(await startRedis(t, { args }), ['GET', 'a'])
    },
  ],
  NOREPLICAS: [
    'replicas',
    async (t) => errorOf(await startRedis(t, { args: ['--min-replicas-to-write', '1'] }), set),
  ],
  MISCONF: [
    'disk',
    async (t) => {
      const redis = await startRedis(t, { args: ['--save', '3600 1000'] })
      const config = Object(await redis.command('CONFIG', 'GET', 'dir'))
      // Where its file should be stands a folder; it stops root, too.
      mkdirSync(join(String(config.dir ?? config[1]), 'dump.rdb'))
      await redis.command('BGSAVE')
      const failed = async () =>
        /rdb_last_bgsave_status:err/.test(String(await redis.command('INFO', 'persistence')))
      await until(failed, 'the server has failed to save')
      return await errorOf(redis, set)
    },
  ],
  NOPERM: [
    'denied',
    async (t) => {
      const redis = await startRedis(t)
      await redis.command('ACL', 'SETUSER', 'ada', 'on', '>secret', '~*', '+@all', '-set')
      return await errorOf(redis, set, { username: 'ada', password: 'secret' })
    },
  ],
  NOAUTH: ['denied', async (t) => errorOf(await startRedis(t, { password: 'secret' }), set)],
  WRONGPASS: [
    'denied',
    async (t) =>
      errorOf(await startRedis(t, { password: 'secret' }), ['AUTH', 'default', 'other'], {
        password: 'secret',
      }),
  ],
  'CLUSTERDOWN, without slots': [
    'moving',
    async (t) => errorOf(await startRedis(t, { args: ['--cluster-enabled', 'yes'] }), set),
  ],
  CROSSSLOT: [
    'moving',
    async (t) => {
      const node = await startRedis(t, { args: ['--cluster-enabled', 'yes'] })
      return await errorOf(node, ['MGET', 'a', 'b'])
    },
  ],
  'connection refused': ['down', () => errorOf({ port: 1 }, set)],
  'an unknown host': ['down', () => errorOf({ port: 1 }, set, { host: 'nohost.invalid' })],
}

t.test('what a real server says', { skip: redisMissing() }, async (t) => {
  for (const [what, [code, provoke]] of Object.entries(real)) {
    t.test(`${what}: ${code}`, async (t) => {
      const error = await provoke(t)
      t.equal(codeOf(error.message), code, error.message)
    })
  }

  t.test('WRONGTYPE: what is there is not one of our records', async (t) => {
    const redis = await startRedis(t)
    await redis.command('RPUSH', 'a', 'b')
    const error = await errorOf(redis, ['GET', 'a'])
    t.ok(refusalOf('read the record', error) instanceof RecordDamaged)
  })
})

/** Word for word, from Redis 7.0, ioredis 6, node 20 and ourselves. */
const known: Record<string, readonly string[]> = {
  loading: ['LOADING Redis is loading the dataset in memory'],
  moving: [
    'MOVED 3999 127.0.0.1:6381',
    'ASK 3999 127.0.0.1:6381',
    'TRYAGAIN Multiple keys request during rehashing of slot',
    'CLUSTERDOWN The cluster is down',
    'CLUSTERDOWN The cluster is down and only accepts read commands',
    'Too many Cluster redirections. Last error: Error: MOVED 3999 127.0.0.1:6381',
    'All keys in the pipeline should belong to the same slots allocation group',
  ],
  timeout: [
    'Timed out: no answer within 500 ms',
    'Command timed out',
    "Socket timeout. Expecting data, but didn't receive any in 500ms.",
  ],
  down: [
    'Connection is closed.',
    "Stream isn't writeable and enableOfflineQueue options is false",
    "Cluster isn't ready and enableOfflineQueue options is false",
    'Command aborted due to connection close',
    'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
    'None of startup nodes is available',
    'connect ECONNREFUSED 127.0.0.1:6379',
    'connect EHOSTUNREACH 192.0.2.1:6379',
    'connect ENETUNREACH 192.0.2.1:6379 - Local (0.0.0.0:0)',
    'connect ETIMEDOUT',
    'read ECONNRESET',
    'read ETIMEDOUT',
    'write EPIPE',
    'getaddrinfo EAI_AGAIN redis',
  ],
  unavailable: [
    'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
    'ERR max number of clients reached',
    "ERR unknown command 'EVAL', with args beginning with: ",
    '',
  ],
}

t.test('what is hard to provoke, word for word', async (t) => {
  for (const [code, messages] of Object.entries(known)) {
    for (const message of messages)
      t.test(`${code}: ${message}`, async (t) => t.equal(codeOf(message), code))
  }
})

t.test('the refusal says what was tried, and keeps the cause for the log', async (t) => {
  const cause = new Error('Connection is closed.')
  const refusal = refusalOf('write the record', cause)
  t.equal(refusal.message, 'Cannot write the record: the store does not answer')
  t.equal(refusal.cause, cause)
})

t.test('a store that has answered, and said no, refuses', async (t) => {
  const refusal = refusalOf('write the record', new Error('OOM command not allowed'))
  t.equal(refusal.message, 'Cannot write the record: the store refuses')
})

t.test('the words of ioredis for "not connected" are put into plain ones', async (t) => {
  const cause = new Error("Stream isn't writeable and enableOfflineQueue options is false")
  const refusal = refusalOf('read the record', cause)
  t.hasStrict(refusal, { code: 'down' })
  t.equal((refusal.cause as Error).message, 'there is no connection to Redis')
})

t.test('the arguments of a command stay out of the log: they hold ids', async (t) => {
  const message = "ERR unknown command 'mget', with args beginning with: 'session:{ada}:1' "
  const { cause } = refusalOf('read the record', new Error(message))
  t.equal((cause as Error).message, "ERR unknown command 'mget'")
})

t.test('what is no error at all is no answer either', async (t) => {
  for (const cause of [undefined, null, 'OOM', { message: 'OOM' }])
    t.hasStrict(refusalOf('read the record', cause), { code: 'unavailable', cause })
})
