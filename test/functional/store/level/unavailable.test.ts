import { setImmediate as aTurnOfTheLoop } from 'node:timers/promises'
import t from 'tap'
import { RecordDamaged, StoreUnavailable } from '../../../../example/store/errors.ts'
import type { Database } from '../../../../example/store/level/store.ts'
import type { RecordStore } from '../../../../example/store/types.ts'
import { NOW } from '../../../support/fixtures.ts'
import { spiedStore } from '../spied-store.ts'

const key = { kind: 'session', owner: 'ada', id: '1' }

t.test('a record whose checksum does not hold is not believed: RecordDamaged', async (t) => {
  const damages: Record<string, (stored: string) => string> = {
    'one character of the value': (stored) => stored.replace('3000', '4000'),
    'one character of the expiry': (stored) => stored.replace('200', '300'),
    'one character of the checksum': (stored) =>
      `${stored[0] === '1' ? '2' : '1'}${stored.slice(1)}`,
    'half of it': (stored) => stored.slice(0, stored.length / 2),
    'all of it': () => '',
  }
  for (const [what, damage] of Object.entries(damages)) {
    t.test(`${what} is damaged`, async (t) => {
      const { store, level } = await spiedStore()
      await store.insert(key, '{"expiresAt":3000}', NOW)
      await level.put('r:session:ada:1', damage(level.getSync('r:session:ada:1') ?? ''))
      for (const work of everyRead(store))
        t.ok((await work().catch((error) => error)) instanceof RecordDamaged)
    })
  }

  t.test('and it is swept when its time has come: it must not keep those behind it', async (t) => {
    const { store, level } = await spiedStore()
    for (const id of ['1', '2']) await store.insert({ ...key, id }, 'value', NOW)
    await level.put('r:session:ada:1', 'damaged')
    t.equal(await store.sweep(NOW), 2)
    t.same(await level.keys().all(), [])
  })

  t.test('it came to stand under another key', async (t) => {
    const { store, level } = await spiedStore()
    await store.insert(key, 'value')
    await level.put('r:session:eve:1', level.getSync('r:session:ada:1') ?? '')
    const error: unknown = await store.get({ ...key, owner: 'eve' }).catch((error) => error)
    t.ok(error instanceof RecordDamaged)
    t.equal(await store.get(key), 'value')
  })
})

function everyRead(store: RecordStore): Array<() => Promise<unknown>> {
  return [
    () => store.get(key),
    () => store.insert(key, 'other'),
    () => store.replace(key, 'value', 'other'),
    () => store.remove(key),
    async () => {
      for await (const _ of store.list('session', 'ada'));
    },
  ]
}

t.test('a database that breaks: StoreUnavailable with what was tried, and the cause', async (t) => {
  const cause = new Error('I/O error')
  const breaks = () => {
    throw cause
  }
  const writing = 'Cannot write the record: the store does not answer'
  const reading = 'Cannot read the record: the store does not answer'
  const tried: Record<string, [keyof Database, string, (s: RecordStore) => Promise<unknown>]> = {
    get: ['getSync', reading, (store) => store.get(key)],
    'insert, looking': ['getSync', reading, (store) => store.insert(key, 'value')],
    'insert, writing': ['batch', writing, (store) => store.insert(key, 'value')],
    replace: ['getSync', reading, (store) => store.replace(key, 'a', 'b')],
    remove: ['getSync', reading, (store) => store.remove(key)],
    ping: ['getSync', reading, (store) => store.ping()],
    'ping, writing': ['batch', writing, (store) => store.ping()],
    list: [
      'iterator',
      'Cannot list the records: the store does not answer',
      (store) => store.list('session', 'ada')[Symbol.asyncIterator]().next(),
    ],
    sweep: [
      'keys',
      'Cannot sweep the records: the store does not answer',
      (store) => store.sweep(NOW),
    ],
  }
  for (const [what, [method, message, work]] of Object.entries(tried)) {
    t.test(what, async (t) => {
      const { store } = await spiedStore({ [method]: breaks })
      const error: unknown = await work(store).catch((error) => error)
      if (!(error instanceof StoreUnavailable)) return void t.fail('no StoreUnavailable')
      t.equal(error.message, message)
      t.equal(error.cause, cause)
    })
  }
})

t.test('a sweep forgets nothing that it could not read for now', async (t) => {
  const breaks = () => {
    throw new Error('I/O error')
  }
  const { store, level } = await spiedStore({ getSync: breaks })
  await level.put(`x:${String(NOW).padStart(16, '0')}:session:ada:1`, '')
  const error: unknown = await store.sweep(NOW).catch((error) => error)
  t.ok(error instanceof StoreUnavailable)
  t.equal((await level.keys().all()).length, 1, 'its entry is still there for the next time')
})

t.test('while no write is taken, ping says why, and look-ups go on', async (t) => {
  const full = () => Promise.reject(new Error('No space left on device'))
  const { store } = await spiedStore({}, full, async () => {})
  await t.rejects(store.insert(key, 'value'), { code: 'disk' })
  await t.rejects(store.ping(), { code: 'disk' })
  t.equal(await store.get(key), undefined)
  await store.close()
})

t.test('closing waits for a write that is under way', async (t) => {
  const { store } = await spiedStore({}, aTurnOfTheLoop)
  const inserted = store.insert(key, 'value')
  await store.close()
  t.equal(await inserted, true)
})
