import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { RedisStore } from '../../../../example/store/redis/store.ts'
import { NOW } from '../../../support/fixtures.ts'
import { patient, redisMissing, startRedis } from '../../../support/redis.ts'
import { until } from '../../../support/until.ts'
import { codeOf, key, opened } from '../opened.ts'

// A logout that only the master has is lost when a replica takes its place (S119).

const wrapped = { skip: redisMissing() }

const durable = true
const replicas = { ...patient, waitReplicas: 1 }

async function start(t: Test, redis = replicas) {
  const master = await startRedis(t)
  const replica = await startRedis(t, { replicaOf: master })
  const store = await opened(t, master.url, { redis })
  await store.insert(key, 'first', NOW)
  return { master, replica, store }
}

t.test('a durable write waits for as many replicas as it was told', wrapped, async (t) => {
  t.test('when it answers, the replica has it', async (t) => {
    const { replica, store } = await start(t)
    const onReplica = () => replica.command('GET', 'session:{ada}:1')
    t.equal(await store.replace(key, 'first', 'second', { durable }), true)
    t.equal(await onReplica(), 'second')
    t.equal(await store.remove(key, { durable }), true)
    t.equal(await onReplica(), null)
  })

  t.test('what changes nothing is still a no', async (t) => {
    const { store } = await start(t)
    t.equal(await store.replace(key, 'other', 'second', { durable }), false)
    t.equal(await store.remove({ ...key, id: '2' }, { durable }), false)
  })

  t.test('one replica is not two', async (t) => {
    const { store } = await start(t, { ...replicas, commandMilliseconds: 500, waitReplicas: 2 })
    t.equal(await codeOf(store.replace(key, 'first', 'second', { durable })), 'replicas')
  })

  t.test('other writes do not wait', async (t) => {
    const { replica, store } = await start(t)
    replica.pause()
    t.equal(await store.insert({ ...key, id: '2' }, 'value', NOW), true)
    t.equal(await store.replace(key, 'first', 'second'), true)
    t.equal(await store.remove(key), true)
  })

  t.test('told to wait for none, a durable write does not even ask', async (t) => {
    const { master, replica, store } = await start(t, patient)
    replica.pause()
    t.equal(await store.replace(key, 'first', 'second', { durable }), true)
    t.notMatch(await master.command('INFO', 'commandstats'), /cmdstat_wait:/)
  })

  t.test('the slower of two is waited for', async (t) => {
    const { master, store } = await start(t, { ...replicas, waitReplicas: 2 })
    const slow = await startRedis(t, { replicaOf: master })
    slow.pause()
    const answer = store.replace(key, 'first', 'second', { durable })
    await until(async () => (await store.get(key)) === 'second', 'the write')
    slow.resume()
    t.equal(await answer, true)
  })
})

t.test('while the replica is away', wrapped, async (t) => {
  t.test('a durable write says within its limit that nobody knows', async (t) => {
    const limits = { ...replicas, commandMilliseconds: 2000 }
    const { master, replica, store } = await start(t, limits)
    replica.pause()
    t.equal(await codeOf(store.replace(key, 'first', 'second', { durable })), 'replicas')
    t.equal(
      await master.command('GET', 'session:{ada}:1'),
      'second',
      'the master has it: a logout that was answered 503 may have ended the session',
    )
    replica.resume()
    await until(async () => {
      const stands = (await store.get(key)) ?? ''
      return await store.replace(key, stands, `${stands}+`, { durable })
    }, 'it heals')
  })

  t.test('nor does it know when it is asked again, and nothing is left to write', async (t) => {
    const limits = { ...replicas, commandMilliseconds: 2000 }
    const { replica, store } = await start(t, limits)
    replica.pause()
    const remove = () => store.remove(key, { durable })
    t.equal(await codeOf(remove()), 'replicas')
    t.equal(await codeOf(remove()), 'replicas')
    replica.resume()
    await until(async () => (await remove()) === false, 'the replica has it')
  })

  t.test('nobody’s look-ups stand behind those who wait', async (t) => {
    const { replica, store } = await start(t)
    replica.pause()
    let waiting = true
    const answer = codeOf(store.replace(key, 'first', 'second', { durable })).finally(
      () => (waiting = false),
    )
    // As soon as the write is there it waits: from here on there is nothing else to be seen.
    await until(async () => (await store.get(key)) === 'second', 'the write')
    for (let n = 0; n < 20; n += 1) t.equal(await store.get(key), 'second')
    t.equal(await store.insert({ ...key, id: '2' }, 'value', NOW), true)
    await store.ping()
    t.ok(waiting, 'all of that happened meanwhile')
    t.equal(await answer, 'replicas')
  })

  t.test('more than a hundred do not wait: the next one is refused at once', async (t) => {
    const { replica, store } = await start(t)
    replica.pause()
    let waiting = 100
    const answers = Array.from({ length: 100 }, (_, n) =>
      codeOf(store.replace({ ...key, id: `other-${n}` }, 'first', 'second', { durable })).finally(
        () => (waiting -= 1),
      ),
    )
    t.equal(await codeOf(store.replace(key, 'first', 'second', { durable })), 'replicas')
    t.equal(waiting, 100)
    t.equal(await store.get(key), 'first', 'it was not even tried')
    replica.resume()
    await Promise.all(answers)
    t.equal(await store.replace(key, 'first', 'second', { durable }), true, 'there is room again')
  })
})

t.test('a durable write that the server refuses is refused for its reason', wrapped, async (t) => {
  const { master, store } = await start(t)
  await master.command('CONFIG', 'SET', 'maxmemory', '1')
  t.equal(await codeOf(store.replace(key, 'first', 'second', { durable })), 'out-of-memory')
  await master.command('CONFIG', 'SET', 'maxmemory', '0')

  await master.command('ACL', 'SETUSER', 'default', '-wait')
  t.equal(
    await codeOf(store.replace(key, 'first', 'second', { durable })),
    'denied',
    'written, but who may not ask the replicas cannot know',
  )
})

t.test('an answer that says nothing is neither yes nor no', async (t) => {
  const client = new Redis({ lazyConnect: true })
  const silent = { pipeline: () => ({ exec: async () => null }) }
  const durableClient = Object.assign(new Redis({ lazyConnect: true }), silent)
  const store = new RedisStore(client, { ...replicas, durableClient })
  t.equal(await codeOf(store.replace(key, 'first', 'second', { durable })), 'unavailable')
})
