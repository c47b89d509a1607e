import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'
import t from 'tap'
import type { RecordStore } from '../../../../example/store/types.ts'
import { NOW } from '../../../support/fixtures.ts'
import { spiedStore } from '../spied-store.ts'

// What every store promises is in test/contract. Here is what is special to this one.

const key = { kind: 'session', owner: 'ada', id: '1' }

const at = String(NOW).padStart(16, '0')

t.test('how records are stored', async (t) => {
  t.test('the record and its place in the expiry index are one batch', async (t) => {
    const { store, written } = await spiedStore()
    await store.insert(key, 'value', NOW)
    await store.remove(key)
    t.strictSame(written, [
      { keys: ['put r:session:ada:1', `put x:${at}:session:ada:1`], sync: false },
      { keys: ['del r:session:ada:1', `del x:${at}:session:ada:1`], sync: false },
    ])
  })

  t.test('without an expiry there is no entry in the index', async (t) => {
    const { store, written } = await spiedStore()
    await store.insert(key, 'value')
    await store.remove(key)
    t.strictSame(
      written.flatMap(({ keys }) => keys),
      ['put r:session:ada:1', 'del r:session:ada:1'],
    )
  })

  t.test('a write answers when the disk has it, if it is durable', async (t) => {
    const { store, written } = await spiedStore()
    await store.insert(key, 'first')
    await store.replace(key, 'first', 'second', { durable: true })
    await store.replace(key, 'second', 'third', { durable: false })
    await store.replace(key, 'third', 'fourth')
    await store.remove(key, { durable: true })
    t.strictSame(
      written.map(({ sync }) => sync),
      [false, true, false, false, true],
    )
  })

  t.test('what changes nothing is not written', async (t) => {
    const { store, written } = await spiedStore()
    await store.insert(key, 'first')
    await store.insert(key, 'second')
    await store.replace(key, 'other', 'second', { durable: true })
    await store.remove({ ...key, id: '2' }, { durable: true })
    t.equal(written.length, 1)
  })
})

t.test('between a look and the write that follows it nobody else writes', async (t) => {
  const values = Array.from({ length: 50 }, (_, n) => `value ${n}`)
  const races: Record<string, (store: RecordStore, value: string) => Promise<boolean>> = {
    inserts: (store, value) => store.insert(key, value),
    replaces: (store, value) => store.replace(key, 'first', value),
    removes: (store) => store.remove(key),
  }
  for (const [what, attempt] of Object.entries(races)) {
    t.test(`of fifty ${what} the first one wins`, async (t) => {
      // A disk that takes its time: without turns, all fifty would have looked before one has written.
      const { store } = await spiedStore({}, nextTurnOfTheLoop)
      if (what !== 'inserts') await store.insert(key, 'first')
      const won = await Promise.all(values.map((value) => attempt(store, value)))
      t.strictSame([won[0], won.filter(Boolean).length], [true, 1])
      t.equal(await store.get(key), what === 'removes' ? undefined : values[0])
    })
  }
})

t.test('sweep()', async (t) => {
  t.test('goes on by a hundred at a time, up to now, and removes those in one batch', async (t) => {
    const { store, asked, written } = await spiedStore()
    const ids = Array.from({ length: 250 }, (_, id) => String(1000 + id))
    for (const id of ids) await store.insert({ ...key, id }, 'value', NOW)
    await store.insert(key, 'value', NOW + 1)
    asked.length = written.length = 0
    t.equal(await store.sweep(NOW), 250)
    const from = ['x:', `x:${at}:session:ada:1099`, `x:${at}:session:ada:1199`]
    const end = `x:${String(NOW + 1).padStart(16, '0')}:`
    t.strictSame(
      asked,
      from.map((last) => `${last} to ${end}, 100`),
    )
    t.strictSame(
      written.map(({ keys }) => keys.length),
      [200, 200, 100],
      'each record, and its entry in the index',
    )
  })

  t.test('lets other work in between its steps', async (t) => {
    const { store } = await spiedStore()
    for (let id = 0; id < 100; id += 1) await store.insert({ ...key, id: String(id) }, 'value', NOW)
    const order: string[] = []
    setImmediate(() => order.push('a request'))
    await store.sweep(NOW)
    order.push('swept')
    t.strictSame(order, ['a request', 'swept'])
  })

  t.test('an entry whose record is gone or lives on is removed alone', async (t) => {
    const { store, level } = await spiedStore()
    await level.put(`x:${at}:session:ada:gone`, '')
    await level.put(`x:${at}:session:ada:1`, '')
    await store.insert(key, 'value', NOW + 60)
    t.equal(await store.sweep(NOW), 0)
    t.equal(await store.get(key), 'value')
    t.equal((await level.keys({ gt: 'x:', lt: `x:${at};` }).all()).length, 0)
  })

  t.test('a record that is written anew before its turn comes stays', async (t) => {
    const { store, written } = await spiedStore({}, nextTurnOfTheLoop)
    await store.insert(key, 'value', NOW)
    const renewing = [store.remove(key), store.insert(key, 'new', NOW + 60)]
    t.equal(await store.sweep(NOW), 0)
    t.strictSame(await Promise.all(renewing), [true, true])
    t.equal(await store.get(key), 'new')
    t.strictSame(written.at(-1)?.keys, [`del x:${at}:session:ada:1`], 'the sweep had come upon it')
  })
})
