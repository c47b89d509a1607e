import t from 'tap'
import { RecordDamaged } from '../../../../example/store/errors.ts'
import { listed } from '../../../contract/engine.ts'
import { NOW } from '../../../support/fixtures.ts'
import { redisMissing, startRedis } from '../../../support/redis.ts'
import { key, opened } from '../opened.ts'

// Another program, or a person with redis-cli, has written something else where our records are.

const wrapped = { skip: redisMissing() }

const record = 'session:{ada}:1'
const index = 'session:{ada}'

async function damaged(answer: Promise<unknown>): Promise<boolean> {
  return (await answer.catch((error: unknown) => error)) instanceof RecordDamaged
}

t.test('where a record should be there is something else', wrapped, async (t) => {
  const redis = await startRedis(t)
  const store = await opened(t, redis.url)
  const durably = await opened(t, redis.url, {
    redis: { connectMilliseconds: 10_000, commandMilliseconds: 500, waitReplicas: 1 },
  })
  t.beforeEach(async () => {
    await redis.command('FLUSHALL')
    await store.insert({ ...key, id: '2' }, 'ours', NOW)
    await redis.command('ZADD', index, String(NOW), '1')
    await redis.command('RPUSH', record, 'theirs')
  })

  t.test('it is not read, and not replaced: RecordDamaged', async (t) => {
    t.ok(await damaged(store.get(key)))
    t.ok(await damaged(store.replace(key, 'theirs', 'other')))
    t.ok(await damaged(durably.replace(key, 'theirs', 'other', { durable: true })))
    t.strictSame(await redis.command('LRANGE', record, '0', '-1'), ['theirs'])
  })

  t.test('its key is taken', async (t) => {
    t.equal(await store.insert(key, 'other', NOW), false)
    t.strictSame(await redis.command('LRANGE', record, '0', '-1'), ['theirs'])
  })

  t.test('a list goes on without it: whoever has it has no record of ours', async (t) => {
    t.strictSame(await listed(store, 'session', 'ada'), [{ id: '2', value: 'ours' }])
  })

  t.test('it can be removed, and then all is well', async (t) => {
    t.equal(await store.remove(key), true)
    t.equal(await store.insert(key, 'ours', NOW), true)
    t.equal(await store.get(key), 'ours')
  })
})

t.test('where the index should be there is something else', wrapped, async (t) => {
  const redis = await startRedis(t)
  const store = await opened(t, redis.url)
  t.beforeEach(async () => {
    await redis.command('FLUSHALL')
    await store.insert(key, 'first', NOW)
    await redis.command('SET', index, 'theirs')
  })

  t.test('there is no list: RecordDamaged', async (t) => {
    t.ok(await damaged(listed(store, 'session', 'ada')))
  })

  t.test('a new record makes a new index: nobody is kept from signing in', async (t) => {
    t.equal(await store.insert({ ...key, id: '2' }, 'second', NOW), true)
    t.strictSame(await listed(store, 'session', 'ada'), [{ id: '2', value: 'second' }])
  })

  t.test('the records that are there can be read and ended', async (t) => {
    t.equal(await store.get(key), 'first')
    t.equal(await store.replace(key, 'first', 'ended', { durable: true }), true)
    t.equal(await store.get(key), 'ended')
  })
})
