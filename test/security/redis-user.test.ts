// S120. The user that example/store/README.md gives to our server can do our server's work, and nothing else.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { StoreNotOpened, StoreUnavailable } from '../../example/store/errors.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { createVault } from '../../example/store/vault.ts'
import { listed, session } from '../contract/engine.ts'
import { wholeVisit } from '../integration/client.ts'
import {
  fromAndTo,
  leave,
  moveHalf,
  owners,
  replicasConfirm,
  slotOf,
  statusOf,
  visitors,
} from '../integration/on-cluster.ts'
import { serverOn } from '../integration/on-redis.ts'
import * as accounts from '../support/accounts.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { patient, type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../support/redis-cluster.ts'
import { until } from '../support/until.ts'

const readme = readFileSync(new URL('../../example/store/README.md', import.meta.url), 'utf8')
const aclFile = /```acl\n(.*?)```/s.exec(readme)?.[1] ?? ''
const ruleOf = (user: string) =>
  new RegExp(`^user ${user} (.*)$`, 'm').exec(aclFile)?.[1]?.split(' ') ?? []
const rule = ruleOf('sessions')
const forCluster = /For a Cluster add `([^`]*)`/.exec(readme)?.[1]?.split(' ') ?? []
const passwordOf = (rule: readonly string[]) =>
  rule.find((word) => word.startsWith('>'))?.slice(1) ?? ''
const password = passwordOf(rule)

const skip = redisMissing()
const limits = { ...patient, waitReplicas: 1 }

const asSessions = (url: string) => url.replace('//', `//sessions:${password}@`)

/** Makes the user anew, and forgets what others were refused. */
async function setUser(servers: RedisServer[], words: readonly string[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      await server.command('ACL', 'SETUSER', 'sessions', 'reset', ...words)
      await server.command('ACL', 'LOG', 'RESET')
    }),
  )
}

/** What was refused, to whom it was refused. */
async function refusals(servers: RedisServer[]): Promise<string[]> {
  const logs = await Promise.all(servers.map((server) => server.command('ACL', 'LOG')))
  return (logs.flat() as string[][]).map((entry) => {
    const field = (name: string) => entry[entry.indexOf(name) + 1]
    return `${field('username')}: ${field('object')}`
  })
}

const without = (words: readonly string[], some: readonly string[]) =>
  words.filter((word) => !some.includes(word))
const commandsOf = (words: readonly string[]) => words.filter((word) => word.startsWith('+'))

t.test('the README has a rule', async (t) => {
  t.match(rule.join(' '), /^on >\S+ ~session:\* ~health:ping -@all \+/)
  t.ok(commandsOf(rule).length > 10)
  t.ok(commandsOf(forCluster).length > 3)
})

t.test('on one server with a replica', { skip }, async (t) => {
  const redis = await startRedis(t)
  await startRedis(t, { replicaOf: redis })
  await replicasConfirm(redis)
  await setUser([redis], rule)

  t.test('our server does all its work as this user, and is refused nothing', async (t) => {
    const server = await serverOn(t, { url: asSessions(redis.url) }, { REDIS_WAIT_REPLICAS: '1' })
    await wholeVisit(t, server.url)
    t.equal((await fetch(`${server.url}/health`)).status, 200)
    t.same(await work(asSessions(redis.url)), 'done')
    t.strictSame(await refusals([redis]), [])
  })

  t.test('each of its commands is needed', async (t) => {
    // Redis 7 lets everybody say HELLO, as AUTH; older ones ask the rule.
    for (const word of without(commandsOf(rule), ['+hello'])) {
      await setUser([redis], without(rule, [word]))
      t.not(await work(asSessions(redis.url)), 'done', word)
      t.ok((await refusals([redis])).includes(`sessions: ${word.slice(1)}`), word)
    }
    await setUser([redis], rule)
    t.equal(await work(asSessions(redis.url)), 'done')
  })

  t.test('it can do nothing else', async (t) => {
    await redis.command('SET', 'other', 'of somebody else')
    await redis.command('SET', 'health:other', 'of somebody else')
    await setUser([redis], rule)
    const user = connectedAs(t, redis)
    const record = 'session:{ada}:1'
    t.equal(await user.call('set', record, 'value'), 'OK', 'what it may')
    t.equal(await user.call('get', record), 'value')

    // biome-ignore format: a line for each kind
    const forbidden = [
      'KEYS *', 'SCAN 0', 'FLUSHALL', 'FLUSHDB', 'CONFIG GET *', 'CONFIG SET dir /tmp',
      'ACL LIST', 'ACL WHOAMI', 'ACL SETUSER sessions +@all', 'SAVE', 'SHUTDOWN', 'MONITOR',
      'OBJECT HELP', 'CLIENT LIST', 'CLIENT KILL ID 1', 'REPLICAOF NO ONE', 'MODULE LIST',
      'RANDOMKEY', 'DBSIZE', 'SWAPDB 0 1', 'SUBSCRIBE a', 'PUBLISH a b', 'FAILOVER',
      `DUMP ${record}`, `RENAME ${record} other`, `COPY ${record} other`, `APPEND ${record} x`,
      'FUNCTION LIST', 'SCRIPT FLUSH', 'EVALSHA 0 0', `MIGRATE h 1 ${record} 0 1`,
    ]
    for (const text of forbidden) t.match(await refusalOf(user, text.split(' ')), /^NOPERM/, text)

    const otherKeys = ['other', 'health:other', 'session', 'sessions:1', 'user:{ada}:session:1']
    for (const key of otherKeys) {
      const touching = [
        ['GET', key],
        ['MGET', record, key],
        ['SET', key, 'mine'],
        ['DEL', key],
        ['EXISTS', key],
        ['ZADD', key, '1', 'mine'],
        ['EVAL', 'return 1', '1', key],
        ['EVAL', `return redis.call('GET', '${key}')`, '0'], // not even one that it did not announce
        ['EVAL', `return redis.call('SET', '${key}', 'mine')`, '0'],
      ]
      for (const words of touching)
        t.match(await refusalOf(user, words), /^NOPERM|can't access/, words.join(' '))
    }
    for (const text of ['KEYS *', 'FLUSHALL', 'CONFIG GET dir']) {
      const inScript = ['EVAL', 'return redis.call(unpack(ARGV))', '0', ...text.split(' ')]
      t.match(await refusalOf(user, inScript), /can't run|not allowed/, `${text} in a script`)
    }
    t.equal(await redis.command('GET', 'other'), 'of somebody else')
  })
})

t.test('the accounts server has a user of its own', { skip }, async (t) => {
  const ruleOfAccounts = ruleOf('accounts')
  const kinds = kindsOf(ruleOfAccounts)
  t.strictSame(commandsOf(ruleOfAccounts), commandsOf(rule), 'who may do the same')
  const redis = await startRedis(t)
  await redis.command('ACL', 'SETUSER', 'accounts', 'reset', ...ruleOfAccounts)
  await setUser([redis], rule)
  const word = passwordOf(ruleOfAccounts)
  const store = await openStore(redis.url.replace('//', `//accounts:${word}@`), { redis: patient })
  t.teardown(() => store.close())

  t.test('with which it does all its work, and is refused nothing', async (t) => {
    const server = await accounts.testAccounts({ store })
    const body = { username: 'ada', password: accounts.PASSWORD }
    t.equal((await accounts.call(server, 'POST /signup', { body })).status, 201)
    const { refresh_token } = await accounts.signIn(server)
    const { access_token: token } = await accounts.refresh(server, refresh_token)
    const admin = await accounts.member(server, 'root', ['ADMIN'])
    const asked: Array<[line: string, token: string, body?: object]> = [
      ['GET /sessions', token],
      ['POST /sessions/end', token, { id: 'others' }],
      ['GET /users', admin.access_token],
      ['PUT /users/ada/roles', admin.access_token, { roles: ['ADMIN'] }],
      ['DELETE /users/ada', admin.access_token],
      ['POST /logout', admin.access_token, {}],
      ['GET /health', ''],
    ]
    for (const [line, token, body] of asked)
      t.equal(
        (await accounts.call(server, line, { token, ...(body && { body }) })).status,
        200,
        line,
      )
    await store.sweep(NOW)
    t.strictSame(await refusals([redis]), [])
  })

  t.test('in which no kind of record is left out', async (t) => {
    await writesAll(t, store, kinds)
    for (const kind of kindsIn('accounts', 'password')) t.ok(kinds.includes(kind), kind)
  })

  t.test("and neither user reads what is the other one's", async (t) => {
    const rejected = { name: 'StoreUnavailable', code: 'denied' }
    await t.rejects(store.get(session('1')), rejected)
    const sessions = await openStore(asSessions(redis.url), { redis: patient })
    t.teardown(() => sessions.close())
    for (const kind of kinds)
      await t.rejects(sessions.get({ kind, owner: 'ada', id: '1' }), rejected, kind)
  })
})

t.test('and so has the issuer, whose store is sealed', { skip }, async (t) => {
  const ruleOfIssuer = ruleOf('issuer')
  const kinds = kindsOf(ruleOfIssuer)
  t.strictSame(commandsOf(ruleOfIssuer), commandsOf(rule), 'who may do the same')
  const redis = await startRedis(t)
  await redis.command('ACL', 'SETUSER', 'issuer', 'reset', ...ruleOfIssuer)
  await setUser([redis], rule)
  const store = await openStore(redis.url.replace('//', `//issuer:${passwordOf(ruleOfIssuer)}@`), {
    redis: patient,
  })
  t.teardown(() => store.close())
  await createVault(store, 'of-the-store-for-tests-4hG', { N: 16, r: 8, p: 1 })
  await writesAll(t, store, kinds)
  for (const kind of [...kindsIn('issuer', 'password'), 'vault']) t.ok(kinds.includes(kind), kind)
  await store.ping()
  await store.sweep(NOW)
  t.strictSame(await refusals([redis]), [])
})

/** The kinds of records that a user may touch. */
const kindsOf = (words: readonly string[]) =>
  words.flatMap((word) => /^~([\w-]+):\*$/.exec(word)?.[1] ?? [])

/** The kinds that the code of these folders writes. */
function kindsIn(...folders: string[]): string[] {
  const code = folders.flatMap((name) => {
    const folder = new URL(`../../example/${name}/`, import.meta.url)
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
    return files.map((file) => readFileSync(new URL(file, folder), 'utf8'))
  })
  const written = code
    .join()
    .matchAll(/new Records\(\s*store,\s*'([\w-]+)'|kind: '([\w-]+)', owner/g)
  const named = [...written].map(([, ofRecords, ofKey]) => ofRecords ?? ofKey ?? '')
  if (named.length < 4) throw new Error('The code writes more kinds than that')
  return named
}

async function writesAll(t: Test, store: RecordStore, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    const key = { kind, owner: 'ada', id: '1' }
    t.equal(await store.insert(key, 'value', NOW), true, kind)
    t.equal(await store.remove(key, { durable: true }), true, kind)
  }
}

t.test('with the whole file nobody else gets in', { skip }, async (t) => {
  const file = join(temporaryFolder(t), 'users.acl')
  writeFileSync(file, '')
  const redis = await startRedis(t, { args: ['--aclfile', file] })
  t.equal(await redis.command('PING'), 'PONG', 'until now everybody could')
  writeFileSync(file, aclFile)
  await redis.command('ACL', 'LOAD')

  for (const words of [['PING'], ['GET', 'session:{ada}:1'], ['AUTH', ''], ['AUTH', password]]) {
    const nobody = connection(t, redis, {})
    t.match(await refusalOf(nobody, words), /^NOAUTH|^WRONGPASS/, words.join(' '))
  }
  const error: unknown = await openStore(redis.url, { redis: limits }).catch((error) => error)
  t.ok(error instanceof StoreNotOpened)
  t.match(error, { message: /wants a password/ })

  const store = await openStore(asSessions(redis.url), { redis: { ...limits, waitReplicas: 0 } })
  t.teardown(() => store.close())
  t.equal(await store.insert(session('1'), 'value', NOW), true)
})

t.test('on a Cluster, with what the README adds', { skip }, async (t) => {
  const cluster = await startRedisCluster(t)
  await replicasConfirm(cluster)
  const nodes = [...cluster.masters, ...cluster.replicas]
  const whole = [...rule, ...forCluster]
  await setUser(nodes, whole)

  t.test('our server does all its work, and is refused nothing', async (t) => {
    const { url } = await serverOn(
      t,
      { url: asSessions(cluster.url) },
      { REDIS_WAIT_REPLICAS: '1' },
    )
    await wholeVisit(t, url)
    t.equal((await fetch(`${url}/health`)).status, 200)
    t.equal(await work(asSessions(cluster.url)), 'done')

    const store = await openStore(cluster.url, { redis: patient })
    t.teardown(() => store.close())
    const everybody = await visitors(store, owners(10))
    for (const visitor of everybody) t.equal(await statusOf(url, '/private', visitor), 200)
    for (const visitor of everybody) t.equal(await leave(url, visitor), 200)
    t.strictSame(await refusals(nodes), [])
  })

  const works: Record<string, () => Promise<unknown>> = {
    'while it connects': () => work(asSessions(cluster.url)),
    'while a slot moves': () => workWhileMoving(cluster),
    // Each time another: a Cluster does not vote twice about one master within three seconds.
    'when a replica takes over': () => workAfterFailover(cluster, 'owner-1', ['readwrite']),
    'when another takes over': () =>
      workAfterFailover(cluster, 'owner-3', ['readwrite', 'readonly']),
  }
  for (const when of ['while a slot moves', 'when a replica takes over']) {
    t.test(`nor is it refused anything ${when}`, async (t) => {
      t.equal(await works[when]?.(), 'done')
      t.strictSame(await refusals(nodes), [])
    })
  }

  t.test('each of the added commands is needed', async (t) => {
    const needed = {
      'while it connects': [['+cluster|slots'], ['+cluster|info'], ['+client|setname']],
      'while a slot moves': [['+asking']],
      'when another takes over': [['+readonly', '+readwrite']],
    }
    t.strictSame(Object.values(needed).flat(2).sort(), [...forCluster].sort())
    for (const [when, all] of Object.entries(needed)) {
      for (const words of all) {
        await setUser(nodes, without(whole, words))
        await works[when]?.()
        const refused = await refusals(nodes)
        for (const word of words)
          t.ok(refused.includes(`sessions: ${word.slice(1)}`), `${word} ${when}`)
      }
    }
  })
})

/** Every promise of a store, once: `done`, or the error that stopped it. */
async function work(url: string): Promise<unknown> {
  return await withStore(url, async (store) => {
    for (const owner of ['ada', 'bob', 'eve']) {
      await store.insert(session('1', owner), 'first', NOW)
      await store.insert(session('2', owner), 'first') // without an expiry
      await store.get(session('1', owner))
      await store.replace(session('1', owner), 'first', 'second', { durable: true })
      await listed(store, 'session', owner)
      await store.remove(session('1', owner))
      await store.remove(session('2', owner), { durable: true })
    }
    await store.ping()
  })
}

/** Looks for two records of which one has moved to another master, and the other has not. */
async function workWhileMoving(cluster: RedisCluster): Promise<unknown> {
  return await withStore(asSessions(cluster.url), async (store) => {
    const [goes, stays] = [session('1', 'owner-1'), session('2', 'owner-1')]
    const record = 'session:{owner-1}:1'
    for (const key of [goes, stays]) await store.insert(key, 'value', NOW)
    const [slot, masters] = [await slotOf(cluster, record), await fromAndTo(cluster, record)]
    await moveHalf(slot, masters, [record])
    try {
      await Promise.all([store.get(goes), store.get(stays)])
    } finally {
      await cluster.moveSlot(slot, masters.from, masters.to)
      await cluster.moveSlot(slot, masters.to, masters.from)
    }
  })
}

/** Looks for records when a master has handed over to its replica, until the client has told both who they are. */
async function workAfterFailover(
  cluster: RedisCluster,
  owner: string,
  told: ('readonly' | 'readwrite')[],
): Promise<unknown> {
  return await withStore(asSessions(cluster.url), async (store) => {
    const record = `session:{${owner}}:1`
    await store.insert(session('1', owner), 'value', NOW)
    const master = await cluster.masterOf(record)
    const replica = await cluster.replicaOfMaster(master)
    const nodes = { readonly: master, readwrite: replica }
    for (const node of [master, replica]) await node.command('CONFIG', 'RESETSTAT')
    await replica.command('CLUSTER', 'FAILOVER')
    await until(async () => (await cluster.masterOf(record)) === replica, 'the replica took over')
    await until(async () => (await store.get(session('1', owner))) === 'value', 'it is found again')
    let round = 0
    await until(async () => {
      round += 1 // ioredis looks who is who whenever it is sent elsewhere, and now and then
      for (const name of owners(20)) await store.get(session('1', `${name}-${round}`))
      return (await Promise.all(told.map((word) => wasTold(nodes[word], word)))).every(Boolean)
    }, 'the client knows who is who')
  })
}

const wasTold = async (node: RedisServer, command: string) =>
  String(await node.command('INFO', 'commandstats')).includes(`cmdstat_${command}:`)

async function withStore(
  url: string,
  use: (store: RecordStore) => Promise<void>,
): Promise<unknown> {
  try {
    const store = await openStore(url, { redis: limits })
    try {
      await use(store)
      return 'done'
    } finally {
      await store.close()
    }
  } catch (error) {
    if (error instanceof StoreNotOpened || error instanceof StoreUnavailable) return error
    throw error
  }
}

function connection(
  t: Test,
  { port }: RedisServer,
  user: { username?: string; password?: string },
): Redis {
  const redis = new Redis({
    ...user,
    port,
    retryStrategy: () => null,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  redis.on('error', () => {}) // the command says it, too
  t.teardown(() => redis.disconnect())
  return redis
}

const connectedAs = (t: Test, redis: RedisServer) =>
  connection(t, redis, { username: 'sessions', password })

/** The error with which a command is answered, or its answer. */
async function refusalOf(redis: Redis, [name = '', ...args]: string[]): Promise<string> {
  return await redis.call(name, ...args).then(String, (error: Error) => error.message)
}
