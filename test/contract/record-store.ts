import type { Test } from 'tap'
import { NOW } from '../support/fixtures.ts'
import { type Engine, promising, session, texts } from './engine.ts'
import { expiryAndClosing } from './expiry-and-closing.ts'
import { keysAndLists } from './keys-and-lists.ts'

/**
 * The whole promise of a RecordStore, for every engine that gives it. All expiries lie in the frozen
 * future of the tests, so that an engine with a real clock forgets nothing while we look.
 */
export function recordStoreContract(t: Test, engine: Engine): void {
  oneRecord(t, engine)
  keysAndLists(t, engine)
  expiryAndClosing(t, engine)
}

function oneRecord(t: Test, engine: Engine): void {
  const promised = promising(t, engine)

  promised('what was inserted is there, and nothing else', async (t, store) => {
    t.equal(await store.insert(session('1'), 'first'), true)
    t.equal(await store.get(session('1')), 'first')
    t.equal(await store.get(session('2')), undefined)
    t.equal(await store.get(session('1', 'eve')), undefined)
    t.equal(await store.get({ ...session('1'), kind: 'name' }), undefined)
  })

  promised('a taken key cannot be inserted, and keeps its record', async (t, store) => {
    await store.insert(session('1'), 'first', undefined, { durable: true })
    t.equal(await store.insert(session('1'), 'second', NOW, { durable: true }), false)
    t.equal(await store.get(session('1')), 'first')
  })

  promised('of 50 inserts at once one wins, and its record stands', async (t, store) => {
    const values = texts(50)
    const won = await Promise.all(values.map((value) => store.insert(session('1'), value)))
    t.equal(won.filter(Boolean).length, 1)
    t.equal(await store.get(session('1')), values[won.indexOf(true)])
  })

  promised('a record is replaced while it is the expected one', async (t, store) => {
    await store.insert(session('1'), 'first')
    t.equal(await store.replace(session('1'), 'first', 'second'), true)
    t.equal(await store.get(session('1')), 'second')
    t.equal(await store.replace(session('1'), 'first', 'third'), false)
    t.equal(await store.get(session('1')), 'second')
    t.equal(await store.replace(session('1'), 'second', 'third', { durable: true }), true)
    t.equal(await store.get(session('1')), 'third')
  })

  promised('nothing is replaced where nothing is', async (t, store) => {
    t.equal(await store.replace(session('1'), '', 'second'), false)
    t.equal(await store.get(session('1')), undefined)
  })

  promised('of 50 replaces at once one wins, and its record stands', async (t, store) => {
    await store.insert(session('1'), 'first')
    const values = texts(50)
    const durable = true // it takes longer, which leaves more room for a race
    const replaced = values.map((value) => store.replace(session('1'), 'first', value, { durable }))
    const won = await Promise.all(replaced)
    t.equal(won.filter(Boolean).length, 1)
    t.equal(await store.get(session('1')), values[won.indexOf(true)])
  })

  promised('a record is removed once, and only it', async (t, store) => {
    await store.insert(session('1'), 'first', NOW)
    await store.insert(session('2'), 'stays', NOW)
    t.equal(await store.remove(session('1'), { durable: true }), true)
    t.equal(await store.get(session('1')), undefined)
    t.equal(await store.remove(session('1')), false)
    t.equal(await store.get(session('2')), 'stays')
  })

  promised('of 50 removes at once one wins', async (t, store) => {
    await store.insert(session('1'), 'first')
    const removed = texts(50).map(() => store.remove(session('1'), { durable: true }))
    t.equal((await Promise.all(removed)).filter(Boolean).length, 1)
  })

  promised('a removed key is free again', async (t, store) => {
    await store.insert(session('1'), 'first', NOW)
    await store.remove(session('1'))
    t.equal(await store.insert(session('1'), 'second'), true)
    t.equal(await store.get(session('1')), 'second')
  })

  const anyText = {
    nothing: '',
    spaces: '  a  b  ',
    'line breaks': '\r\n\n',
    'a NUL': '\0a\0',
    'an emoji, and a letter of two parts': '😀e\u0301',
    digits: '007',
    '100 KB': 'é'.repeat(51_200),
  }
  for (const [what, value] of Object.entries(anyText)) {
    for (const expiresAt of [undefined, NOW]) {
      const expiring = expiresAt === undefined ? 'no expiry' : 'an expiry'
      promised(`${what} with ${expiring} comes back as it was`, async (t, store) => {
        await store.insert(session('1'), value, expiresAt)
        t.equal(await store.get(session('1')), value)
        t.equal(await store.replace(session('1'), value, `${value}+`), true)
        t.equal(await store.replace(session('1'), `${value}+`, value), true)
        t.equal(await store.get(session('1')), value)
      })
    }
  }
}
