import t, { type Test } from 'tap'
import { listed } from '../../../contract/engine.ts'
import { NOW } from '../../../support/fixtures.ts'
import { type RedisServer, redisMissing, startRedis } from '../../../support/redis.ts'
import { until } from '../../../support/until.ts'
import { key, opened } from '../opened.ts'

// What every store promises is in test/contract. Here is what is special to this one: how records look
// in Redis, so that Redis forgets them by itself, and a Cluster finds them.

const wrapped = { skip: redisMissing() }

const record = 'session:{ada}:1'
const index = 'session:{ada}'

t.test('how records look in Redis', wrapped, async (t) => {
  const { redis, store } = await start(t)

  t.test('a text under its kind, owner and id, and its id in an index of the owner', async (t) => {
    await store.insert(key, 'value', NOW)
    t.strictSame(await keysOf(redis), [index, record])
    t.equal(await redis.command('GET', record), 'value')
    t.equal(await redis.command('TYPE', index), 'zset')
    t.strictSame(await indexOf(redis), [['1', String(NOW)]])
  })

  t.test('removing the last record leaves nothing', async (t) => {
    for (const id of ['1', '2']) await store.insert({ ...key, id }, 'value', NOW)
    await store.remove(key)
    t.strictSame(await indexOf(redis), [['2', String(NOW)]])
    await store.remove({ ...key, id: '2' })
    t.strictSame(await keysOf(redis), [])
  })

  t.test('a taken key leaves record, expiry and index as they were', async (t) => {
    await store.insert(key, 'first', NOW)
    t.equal(await store.insert(key, 'second', NOW + 60), false)
    t.strictSame(await indexOf(redis), [['1', String(NOW)]])
    t.equal(await expiryOf(redis, record), NOW)
    t.equal(await expiryOf(redis, index), NOW)
  })

  t.test('all keys of one owner are in one hash slot, and not those of everybody', async (t) => {
    for (const id of ['1', '2']) await store.insert({ ...key, id }, 'value', NOW)
    await store.insert({ ...key, kind: 'name' }, 'value')
    const node = await startRedis(t, { args: ['--cluster-enabled', 'yes'] }) // only such a one can say
    const slotOf = (name: string) => node.command('CLUSTER', 'KEYSLOT', name)
    const slots = await Promise.all((await keysOf(redis)).map(slotOf))
    t.equal(slots.length, 5)
    t.equal(new Set(slots).size, 1)
    t.not(slots[0], await slotOf('session:{eve}:1'))
  })
})

t.test('Redis forgets a record at its expiry', wrapped, async (t) => {
  const { redis, store } = await start(t)

  t.test('which is that of the session, to the second', async (t) => {
    for (const expiresAt of [NOW, NOW + 1, 253_402_300_799]) {
      await store.insert({ ...key, id: String(expiresAt) }, 'value', expiresAt)
      t.equal(await expiryOf(redis, `${index}:${expiresAt}`), expiresAt)
    }
  })

  t.test('and replacing it does not make it live longer', async (t) => {
    await store.insert(key, 'first', NOW)
    for (const durable of [false, true]) {
      const expected = (await store.get(key)) ?? ''
      t.equal(await store.replace(key, expected, `${expected}+`, { durable }), true)
      t.equal(await expiryOf(redis, record), NOW)
    }
  })

  t.test('so that nothing is left to sweep', async (t) => {
    await store.insert(key, 'value', NOW)
    t.equal(await store.sweep(NOW + 1), 0)
    t.equal(await store.get(key), 'value', 'the clock is that of Redis, not the one we are told')
  })

  t.test('one that has expired by the time it comes is written, and gone', async (t) => {
    t.equal(await store.insert(key, 'value', 1_000_000_000), true)
    t.equal(await store.get(key), undefined)
    t.strictSame(await keysOf(redis), [])
    t.equal(await store.insert(key, 'again', NOW), true, 'its key is free')
  })

  t.test('one without an expiry stays', async (t) => {
    await store.insert(key, 'value')
    t.equal(await expiryOf(redis, record), 'never')
    t.strictSame(await indexOf(redis), [['1', 'inf']])
  })
})

t.test('the index of an owner', wrapped, async (t) => {
  const { redis, store } = await start(t)

  t.test('is forgotten with the last of its records', async (t) => {
    for (const [id, expiresAt, last] of [
      ['1', NOW + 10, NOW + 10],
      ['2', NOW, NOW + 10],
      ['3', NOW + 20, NOW + 20],
    ] as const) {
      await store.insert({ ...key, id }, 'value', expiresAt)
      t.equal(await expiryOf(redis, index), last)
    }
  })

  t.test('stays while there is a record that stays', async (t) => {
    await store.insert({ ...key, id: 'expires' }, 'value', NOW)
    await store.insert({ ...key, id: 'stays' }, 'value')
    t.equal(await expiryOf(redis, index), 'never')
    await store.insert({ ...key, id: 'expires-later' }, 'value', NOW + 60)
    t.equal(await expiryOf(redis, index), 'never')
    await store.remove({ ...key, id: 'stays' })
    await store.insert({ ...key, id: 'after-it' }, 'value', NOW)
    t.equal(await expiryOf(redis, index), NOW + 60, 'and no longer')
  })

  t.test('drops the ids of forgotten records at the next insert', async (t) => {
    await store.insert({ ...key, id: 'live' }, 'value', NOW)
    for (const expiresAt of ['1000000000', '1000000001'])
      await redis.command('ZADD', index, expiresAt, `forgotten-${expiresAt}`)
    await store.insert({ ...key, id: 'new' }, 'value', NOW)
    t.strictSame(await indexOf(redis), [
      ['live', String(NOW)],
      ['new', String(NOW)],
    ])
  })

  t.test('is never believed: a list has no id whose record has expired', async (t) => {
    for (const id of ['1', '2', '3']) await store.insert({ ...key, id }, `value ${id}`, NOW)
    await redis.command('PEXPIRE', `${index}:2`, '1')
    await until(() => redis.command('EXISTS', `${index}:2`).then((found) => found === 0), 'expiry')
    t.strictSame(
      (await indexOf(redis)).map(([id]) => id),
      ['1', '2', '3'],
    )
    t.strictSame(await listed(store, 'session', 'ada'), [
      { id: '1', value: 'value 1' },
      { id: '3', value: 'value 3' },
    ])
  })

  t.test('is read a hundred records at a time, in the order of their ids', async (t) => {
    const ids = Array.from({ length: 250 }, (_, n) => String(n).padStart(3, '0'))
    // In the index they stand by their expiry: here the other way round.
    await Promise.all(ids.map((id, n) => store.insert({ ...key, id }, `value ${id}`, NOW - n)))
    await redis.command('CONFIG', 'RESETSTAT')
    t.strictSame(
      await listed(store, 'session', 'ada'),
      ids.map((id) => ({ id, value: `value ${id}` })),
    )
    const stats = String(await redis.command('INFO', 'commandstats'))
    t.equal(/^cmdstat_mget:calls=(\d+)/m.exec(stats)?.[1], '3')
    t.equal(/^cmdstat_zrange:calls=(\d+)/m.exec(stats)?.[1], '1')
  })
})

/** A store in a Redis that is emptied before each test within this one. */
async function start(t: Test) {
  const redis = await startRedis(t)
  t.beforeEach(() => redis.command('FLUSHALL'))
  return { redis, store: await opened(t, redis.url) }
}

async function keysOf(redis: RedisServer): Promise<string[]> {
  return String(await redis.command('KEYS', '*'))
    .split(',')
    .filter(Boolean)
    .sort()
}

/** The ids of an owner, each with the expiry of its record. */
async function indexOf(redis: RedisServer): Promise<string[][]> {
  const range = await redis.command('ZRANGE', index, '0', '-1', 'WITHSCORES')
  return Array.isArray(range) ? range : []
}

/** In seconds since 1970; with a fraction, should it not be a whole one. */
async function expiryOf(redis: RedisServer, name: string): Promise<number | 'never'> {
  const milliseconds = Number(await redis.command('PEXPIRETIME', name))
  return milliseconds === -1 ? 'never' : milliseconds / 1000
}
