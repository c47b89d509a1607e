import type { Test } from 'tap'
import { StoreUnavailable } from '../../example/store/errors.ts'
import { NOW } from '../support/fixtures.ts'
import { type Engine, listed, promising, session, texts } from './engine.ts'

/** What a store forgets, what it keeps, and how it ends. */
export function expiryAndClosing(t: Test, engine: Engine): void {
  const promised = promising(t, engine)

  promised('a record that has not expired is there, whatever its expiry', async (t, store) => {
    await store.insert(session('1'), 'soon', NOW)
    await store.insert(session('2'), 'in 8,000 years', 253_402_300_799)
    t.equal(await store.get(session('1')), 'soon')
    t.equal(await store.get(session('2')), 'in 8,000 years')
  })

  promised('sweeping an empty store forgets nothing', async (t, store) => {
    t.equal(await store.sweep(NOW), 0)
  })

  promised('sweeping leaves what has no expiry, and what expires later', async (t, store) => {
    await store.insert(session('1'), 'forever')
    await store.insert(session('2'), 'later', NOW + 1)
    t.equal(await store.sweep(NOW), 0)
    t.equal((await listed(store, 'session', 'ada')).length, 2)
  })

  if (engine.sweeps) {
    promised('sweeping forgets what has expired, to the second', async (t, store) => {
      for (const offset of [-1, 0, 1])
        await store.insert(session(String(offset)), 'value', NOW + offset)
      t.equal(await store.sweep(NOW), 2)
      t.equal(await store.get(session('-1')), undefined)
      t.equal(await store.get(session('0')), undefined)
      t.equal(await store.get(session('1')), 'value')
      t.equal(await store.sweep(NOW), 0)
    })

    promised('a time with fewer digits is an earlier one', async (t, store) => {
      await store.insert(session('1'), 'value', 999_999_999)
      t.equal(await store.sweep(1_000_000_000), 1)
    })

    promised('replacing a record does not make it live longer', async (t, store) => {
      await store.insert(session('1'), 'first', NOW)
      await store.replace(session('1'), 'first', 'second')
      t.equal(await store.sweep(NOW), 1)
      t.equal(await store.get(session('1')), undefined)
    })

    promised('a key that was used again keeps its new record', async (t, store) => {
      await store.insert(session('1'), 'old', NOW)
      await store.remove(session('1'))
      await store.insert(session('1'), 'new', NOW + 60)
      t.equal(await store.sweep(NOW), 0)
      t.equal(await store.get(session('1')), 'new')
    })

    promised('sweeping finds all of many', async (t, store) => {
      await Promise.all(texts(250).map((_, n) => store.insert(session(String(n)), 'value', NOW)))
      t.equal(await store.sweep(NOW), 250)
      t.strictSame(await listed(store, 'session', 'ada'), [])
    })
  }

  promised('a store that works answers a ping', async (t, store) => {
    t.equal(await store.ping(), undefined)
  })

  t.test('closed, it rejects everything with StoreUnavailable', async (t) => {
    const open = await engine.place(t)
    const store = await open()
    await store.insert(session('1'), 'first')
    await store.close()
    const methods: Record<string, () => Promise<unknown>> = {
      get: () => store.get(session('1')),
      insert: () => store.insert(session('2'), 'value', NOW),
      replace: () => store.replace(session('1'), 'first', 'second'),
      remove: () => store.remove(session('1')),
      list: () => listed(store, 'session', 'ada'),
      sweep: () => store.sweep(NOW),
      ping: () => store.ping(),
    }
    if (!engine.sweeps) delete methods.sweep
    for (const [name, method] of Object.entries(methods)) {
      t.test(name, async (t) => {
        const error: unknown = await method().catch((error) => error)
        t.ok(error instanceof StoreUnavailable)
      })
    }
  })

  promised('closing twice is closing once', async (t, store) => {
    await store.close()
    t.equal(await store.close(), undefined)
  })

  if (engine.persists) {
    t.test('opened again, it has what it had', async (t) => {
      const open = await engine.place(t)
      const first = await open()
      await first.insert(session('1'), 'stays', NOW)
      await first.insert(session('2'), 'first')
      await first.replace(session('2'), 'first', 'second')
      await first.insert(session('3'), 'gone')
      await first.remove(session('3'))
      await first.close()

      const again = await open()
      t.teardown(() => again.close())
      t.strictSame(await listed(again, 'session', 'ada'), [
        { id: '1', value: 'stays' },
        { id: '2', value: 'second' },
      ])
      t.equal(await again.replace(session('2'), 'second', 'third'), true)
      if (engine.sweeps) t.equal(await again.sweep(NOW), 1, 'and knows what expires')
    })
  }
}
