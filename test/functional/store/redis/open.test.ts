import t, { type Test } from 'tap'
import { StoreNotOpened } from '../../../../example/store/errors.ts'
import { openStore } from '../../../../example/store/open.ts'
import { patient, type RedisServer, redisMissing, startRedis } from '../../../support/redis.ts'
import { startSentinel } from '../../../support/redis-sentinel.ts'
import { startRedisTls } from '../../../support/redis-tls.ts'
import { until } from '../../../support/until.ts'
import { notOpened, opened } from '../opened.ts'
import { answeringServer } from './answering-server.ts'

const wrapped = { skip: redisMissing() }

/** Why it was not opened, after looking at what every refusal promises. */
async function reason(t: Test, url: string, redis = patient): Promise<string> {
  const error = await notOpened(url, redis)
  const [, said = ''] = error.message.split('Cannot open the store: ')
  t.match(said, /^[^\n]+[^.\n]$/, 'one sentence')
  t.match(said, /STORE_URL|Try again/, 'that tells what to do')
  t.notMatch(said, /hunter2/, 'and holds no password')
  return said
}

const port1 = '127.0.0.1:1' // where nobody listens
const noConnection = (where: string) =>
  `${where} takes no connection. Is Redis running there, and with TLS (rediss:) or without? Check STORE_URL`
const short = { ...patient, connectMilliseconds: 500, commandMilliseconds: 400 }

t.test('nobody is there', wrapped, async (t) => {
  t.test('no Redis at this port', async (t) => {
    const said = await reason(t, `redis://:hunter2@${port1}`)
    t.equal(said, `no Redis answers at ${port1}. Is it running? Check STORE_URL`)
  })

  t.test('no host of this name', async (t) => {
    for (const scheme of ['redis', 'redis-cluster']) {
      const said = await reason(t, `${scheme}://:hunter2@nohost.invalid`)
      t.equal(said, 'the host of nohost.invalid:6379 is not known. Check STORE_URL')
    }
  })

  t.test('no way to this address', async (t) => {
    const said = await reason(t, 'redis://:hunter2@255.255.255.255:1')
    t.equal(said, '255.255.255.255:1 cannot be reached. Check STORE_URL')
  })

  t.test('no node of a Cluster', async (t) => {
    const said = await reason(t, `redis-cluster://:hunter2@${port1},127.0.0.1:2`)
    t.equal(said, noConnection(`${port1}, 127.0.0.1:2`))
  })

  t.test('no sentinel', async (t) => {
    for (const where of [port1, 'nohost.invalid:26379']) {
      const said = await reason(t, `redis-sentinel://:hunter2@sessions@${where}`, short)
      t.equal(said, `no sentinel at ${where} can name the master. Check STORE_URL`)
    }
  })
})

t.test('the server refuses us', wrapped, async (t) => {
  const redis = await startRedis(t, { password: 'correct horse' })
  const where = `127.0.0.1:${redis.port}`

  t.test('the password is wrong, or the user', async (t) => {
    for (const scheme of ['redis', 'redis-cluster']) {
      for (const user of ['', 'default', 'eve']) {
        const said = await reason(t, `${scheme}://${user}:hunter2@${where}`)
        t.equal(said, `Redis at ${where} refuses the user or the password in STORE_URL`)
      }
    }
  })

  t.test('it wants a password', async (t) => {
    for (const scheme of ['redis', 'redis-cluster']) {
      const said = await reason(t, `${scheme}://${where}`)
      t.equal(
        said,
        `Redis at ${where} wants a password. Put it into STORE_URL: redis://user:password@host`,
      )
    }
  })

  t.test('the user may not do what is needed', async (t) => {
    await redis.command('ACL', 'SETUSER', 'ada', 'on', '>hunter2', '~*', '+@all', '-info')
    const said = await reason(t, `redis://ada:hunter2@${where}`)
    t.equal(said, `Redis at ${where} does not let the user in STORE_URL run what is needed`)
  })

  t.test('the master that a sentinel names wants a password', async (t) => {
    const { servers } = await startSentinel(t, { master: redis })
    const named = `sessions@127.0.0.1:${servers[0]?.port}`
    t.match(await reason(t, `redis-sentinel://${named}`), /wants a password/)
    const wrong = await reason(t, `redis-sentinel://:hunter2@${named}`)
    t.match(wrong, /refuses the user or the password/)
  })
})

t.test('the server is of another kind', wrapped, async (t) => {
  const redis = await startRedis(t)
  const where = `127.0.0.1:${redis.port}`

  t.test('no Cluster', async (t) => {
    const said = await reason(t, `redis-cluster://${where}`)
    t.equal(said, `Redis at ${where} is not a Cluster. Begin STORE_URL with redis://`)
  })

  t.test('no sentinel', async (t) => {
    const said = await reason(t, `redis-sentinel://sessions@${where}`, short)
    t.equal(said, `no sentinel at ${where} can name the master. Check STORE_URL`)
  })

  t.test('a sentinel of other masters', async (t) => {
    const { url } = await startSentinel(t, { master: redis })
    const said = await reason(t, url.replace('sessions@', 'accounts@'), short)
    t.match(said, /^no sentinel at \S+ can name the master\. Check STORE_URL$/)
  })

  t.test('no Redis at all', async (t) => {
    const port = await answeringServer(t, () => 'HTTP/1.1 400 Bad Request')
    const said = await reason(t, `redis://:hunter2@127.0.0.1:${port}`)
    t.equal(said, `Redis at 127.0.0.1:${port} does not answer as it should. Check STORE_URL`)
  })

  t.test('it has as many clients as it will take', async (t) => {
    const full = '-ERR max number of clients reached'
    const port = await answeringServer(t, () => full)
    const said = await reason(t, `redis://:hunter2@127.0.0.1:${port}`)
    const where = `Redis at 127.0.0.1:${port}`
    t.equal(said, `${where} lets no more clients in. Check its settings and STORE_URL`)
  })

  t.test('it has fewer databases: no other one is taken in its place', async (t) => {
    t.equal(
      await reason(t, `${redis.url}/99`),
      `Redis at 127.0.0.1:${redis.port} has no database 99. Check STORE_URL`,
    )
  })
})

t.test('TLS', wrapped, async (t) => {
  t.test('a certificate that nobody has vouched for', async (t) => {
    const { port } = await startRedisTls(t)
    const said = await reason(t, `rediss://:hunter2@localhost:${port}`)
    t.equal(said, `no TLS connection to localhost:${port} that can be trusted. Check STORE_URL`)
  })

  t.test('the same of a Cluster: no connection', async (t) => {
    const { port } = await startRedisTls(t)
    const said = await reason(t, `rediss-cluster://localhost:${port}`)
    t.equal(said, noConnection(`localhost:${port}`))
  })

  t.test('asked for, and the server has none', async (t) => {
    const { port } = await startRedis(t)
    const said = await reason(t, `rediss://:hunter2@127.0.0.1:${port}`, short)
    t.equal(
      said,
      `Redis at 127.0.0.1:${port} does not answer in time, or still reads its records, or speaks no TLS. Check STORE_URL`,
    )
  })

  t.test('not asked for, and the server wants it', async (t) => {
    const { port } = await startRedisTls(t)
    for (const scheme of ['redis', 'redis-cluster']) {
      const said = await reason(t, `${scheme}://:hunter2@127.0.0.1:${port}`)
      t.equal(said, noConnection(`127.0.0.1:${port}`))
    }
  })
})

t.test('a server that hangs is given up at the limit', wrapped, async (t) => {
  const redis = await startRedis(t)
  redis.pause()
  for (const kind of ['redis', 'rediss', 'redis-cluster', 'redis-sentinel']) {
    t.test(kind, async (t) => {
      const name = kind === 'redis-sentinel' ? 'sessions@' : ''
      const began = performance.now()
      const error = await notOpened(`${kind}://${name}127.0.0.1:${redis.port}`, short)
      const took = performance.now() - began
      t.match(
        error.message,
        /(?:does not answer in time, or still reads its records(?:, or speaks no TLS)?|can name the master)\. Check STORE_URL$/,
      )
      t.ok(took < patient.commandMilliseconds, `it took ${took} milliseconds`)
    })
  }
})

t.test('a server that still reads its records', wrapped, async (t) => {
  t.test('is waited for, up to the limit', async (t) => {
    const redis = await loading(t)
    const said = await reason(t, redis.url, { ...short, commandMilliseconds: 5000 })
    t.match(said, / does not answer in time, or still reads its records\. Check STORE_URL$/)
    await redis.command('CONFIG', 'SET', 'key-load-delay', '0')
    const store = await opened(t, redis.url)
    t.equal(await store.ping(), undefined)
  })

  t.test('is named as such by a Cluster', async (t) => {
    const { port } = await loading(t, '--cluster-enabled', 'yes')
    const where = `127.0.0.1:${port}`
    const said = await reason(t, `redis-cluster://${where}`)
    t.equal(
      said,
      `Redis at ${where} still reads its records. Try again in a moment, or check STORE_URL`,
    )
  })
})

/** A server that has started, and takes its time with its 2000 records. */
async function loading(t: Test, ...args: string[]): Promise<RedisServer> {
  const redis = await startRedis(t, {
    args: ['--save', '3600 1', '--loading-process-events-interval-bytes', '1024', ...args],
  })
  // Two megabytes, since only after some it looks up from its work; in the one slot of the key.
  const write = "for n = 1, 2000 do redis.call('SET', KEYS[1] .. n, string.rep('-', 1000)) end"
  if (args.length > 0) {
    await redis.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    const works = async () =>
      /cluster_state:ok/.test(String(await redis.command('CLUSTER', 'INFO')))
    await until(works, 'the node works alone')
  }
  await redis.command('EVAL', write, '1', '{a}')
  await redis.command('CONFIG', 'SET', 'key-load-delay', '5000') // microseconds for each
  await redis.command('CONFIG', 'REWRITE')
  await redis.end()
  await redis.restart({ ready: 'listening' })
  return redis
}

t.test('one sentinel that hangs does not keep us from the others', wrapped, async (t) => {
  const redis = await startRedis(t)
  const { url } = await startSentinel(t, { master: redis })
  const hung = await startRedis(t)
  hung.pause()
  const store = await opened(t, url.replace('@', `@127.0.0.1:${hung.port},`), {
    redis: { ...patient, commandMilliseconds: 300 },
  })
  t.equal(await store.ping(), undefined)
})

t.test('a store that was not opened leaves nothing open', wrapped, async (t) => {
  const [wanting, other, tls] = await Promise.all([
    startRedis(t, { password: 'correct horse' }),
    startRedis(t),
    startRedisTls(t),
  ])
  const hung = await startRedis(t)
  hung.pause()
  const urls = ['redis', 'redis-cluster', 'redis-sentinel'].flatMap((scheme) => {
    const url = `${scheme}://:hunter2@${scheme === 'redis-sentinel' ? 'sessions@' : ''}`
    const ports = [wanting, tls, hung, ...(scheme === 'redis' ? [] : [other])]
    return [
      `${url}${port1}`,
      `${url}nohost.invalid`,
      ...ports.map(({ port }) => `${url}127.0.0.1:${port}`),
      ...(scheme === 'redis-sentinel'
        ? []
        : [`${url.replace('redis', 'rediss')}localhost:${tls.port}`]),
    ]
  })
  await Promise.all(urls.map((url) => notOpened(url, { ...short, waitReplicas: 1 })))
  await until(nothingIsOpen, 'no connection is left, and nobody tries for another one')
})

/** Who would connect anew either waits or connects. */
function nothingIsOpen(): boolean {
  const open = process.getActiveResourcesInfo()
  return !open.some((name) => ['Timeout', 'TCPSocketWrap', 'TCPConnectWrap'].includes(name))
}

t.test('what breaks while it is opened leaves nothing open either', wrapped, async (t) => {
  const redis = await startRedis(t, { args: ['--appendonly', 'no'] })
  const onWarning = () => {
    throw 'a log that is full' // not even an error
  }
  const error: unknown = await openStore(redis.url, { redis: patient, onWarning }).catch((e) => e)
  if (!(error instanceof StoreNotOpened)) return void t.fail('it was opened')
  t.equal(error.cause, 'a log that is full')
  await until(nothingIsOpen, 'no connection is left')
})
