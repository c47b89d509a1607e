import { Redis } from 'ioredis'
import t from 'tap'
import { NOW } from '../../../support/fixtures.ts'
import { patient, type RedisServer, redisMissing, startRedis } from '../../../support/redis.ts'
import { until } from '../../../support/until.ts'
import { codeOf, key, opened } from '../opened.ts'

const wrapped = { skip: redisMissing() }

t.test('ping()', wrapped, async (t) => {
  const redis = await startRedis(t)
  const store = await opened(t, redis.url)

  t.test('writes, and what it wrote is gone within a second', async (t) => {
    await store.ping()
    const left = Number(await redis.command('PTTL', 'health:ping'))
    t.ok(left > 0 && left <= 1000, `${left} milliseconds`)
    t.equal(await redis.command('GET', 'health:ping'), '')
  })

  t.test('fails on a server that is full', async (t) => {
    await redis.command('CONFIG', 'SET', 'maxmemory', '1')
    t.equal(await codeOf(store.ping()), 'out-of-memory')
    await redis.command('CONFIG', 'SET', 'maxmemory', '0')
    t.equal(await store.ping(), undefined)
  })

  t.test('fails for a user who may not do what requests do', async (t) => {
    for (const command of ['eval', 'mget', 'set']) {
      await redis.command('ACL', 'SETUSER', 'default', `-${command}`)
      t.equal(await codeOf(store.ping()), 'denied', command)
      await redis.command('ACL', 'SETUSER', 'default', `+${command}`)
    }
    t.equal(await store.ping(), undefined)
  })

  t.test('fails on a server that has become a replica, and finds the master again', async (t) => {
    await redis.command('REPLICAOF', '127.0.0.1', '1')
    t.equal(await codeOf(store.ping()), 'read-only')
    await redis.command('REPLICAOF', 'NO', 'ONE')
    await until(() => codeOf(store.ping()).then((code) => code === undefined), 'a connection')
  })
})

t.test('a server that asks for a password later: denied, as at the start', wrapped, async (t) => {
  const redis = await startRedis(t)
  const store = await opened(t, redis.url)
  const administrator = new Redis(redis.port) // who is in stays in
  t.teardown(() => administrator.disconnect())
  await administrator.config('SET', 'requirepass', 'for-tests-only')
  await administrator.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await until(async () => (await codeOf(store.ping())) === 'denied', 'the refusal')
  t.equal(await codeOf(store.get(key)), 'denied')
  await administrator.config('SET', 'requirepass', '')
  await until(async () => (await codeOf(store.ping())) === undefined, 'a connection')
})

t.test('a server that hangs', wrapped, async (t) => {
  const limit = 300
  const settings = { ...patient, commandMilliseconds: limit }

  t.test('is given up at the limit: it may have heard us, nobody knows', async (t) => {
    const redis = await startRedis(t)
    const store = await opened(t, redis.url, { redis: settings })
    redis.pause()
    const began = performance.now()
    t.equal(await codeOf(store.insert(key, 'value', NOW)), 'timeout')
    t.ok(performance.now() - began >= limit - 1, 'not before the limit')
  })

  t.test('is asked nothing more until it answers: what comes next fails at once', async (t) => {
    const redis = await startRedis(t)
    const store = await opened(t, redis.url, { redis: settings })
    redis.pause()
    await codeOf(store.get(key))
    await until(async () => (await codeOf(store.get(key))) === 'down', 'the connection is given up')
    redis.resume()
    await until(async () => (await codeOf(store.get(key))) === undefined, 'another connection')
  })
})

t.test('a server that is killed takes with it what it was asked', wrapped, async (t) => {
  const redis = await startRedis(t)
  const store = await opened(t, redis.url)
  redis.pause() // or it would have answered by then
  const asked = [store.get(key), store.insert(key, 'value', NOW), store.ping()].map(codeOf)
  await redis.end('SIGKILL')
  t.strictSame(await Promise.all(asked), ['down', 'down', 'down'])
  t.equal(await codeOf(store.get(key)), 'down')
  await redis.restart()
  await until(async () => (await codeOf(store.get(key))) === undefined, 'another connection')
  t.equal(await store.get(key), undefined, 'nothing that failed is sent later')
})

t.test('close() ends every connection of the store', wrapped, async (t) => {
  const redis = await startRedis(t)
  for (const waitReplicas of [0, 1]) {
    const store = await opened(t, redis.url, { redis: { ...patient, waitReplicas } })
    t.equal(await connectionsOf(redis), 1 + waitReplicas)
    await store.close()
    await until(async () => (await connectionsOf(redis)) === 0, 'the connections have ended')
    t.equal(await codeOf(store.get(key)), 'down')
    t.equal(await codeOf(store.replace(key, 'a', 'b', { durable: true })), 'down')
    t.equal(await connectionsOf(redis), 0, 'and none comes back')
  }
})

/** How many others than the one that asks. */
async function connectionsOf(redis: RedisServer): Promise<number> {
  return (
    String(await redis.command('CLIENT', 'LIST'))
      .trim()
      .split('\n').length - 1
  )
}
