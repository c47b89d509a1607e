import { createSecretKey } from 'node:crypto'
import t from 'tap'
import * as v from 'valibot'
import { RecordDamaged } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { Records } from '../../../example/store/records.ts'
import { sealed } from '../../../example/store/sealed.ts'
import { NOW } from '../../support/fixtures.ts'

const dataKey = createSecretKey(Buffer.alloc(32, 7))
const key = { kind: 'user', owner: 'all', id: 'ada' }

async function open() {
  const inner = await openStore('memory:')
  return { inner, store: sealed(inner, dataKey) }
}

t.test('one text is sealed differently every time', async (t) => {
  const { inner, store } = await open()
  await store.insert(key, 'text')
  const first = await inner.get(key)
  await store.replace(key, 'text', 'text')
  t.not(await inner.get(key), first)
  t.equal(await store.get(key), 'text')
})

t.test('the store sees no more than how long a text is, and when it expires', async (t) => {
  const { inner, store } = await open()
  await store.insert(key, 'é'.repeat(100), NOW)
  const sealedText = (await inner.get(key)) ?? ''
  t.match(sealedText, /^[A-Za-z0-9_-]+$/)
  t.equal(Buffer.from(sealedText, 'base64url').length, 12 + 200 + 16)
  t.equal(await inner.sweep(NOW), 1)
})

t.test('a text that was written again meanwhile is still the expected one', async (t) => {
  const { inner, store } = await open()
  await store.insert(key, 'first')
  const replace = inner.replace.bind(inner)
  let slower = true
  inner.replace = async (...write) => {
    if (slower) {
      slower = false
      await store.replace(key, 'first', 'first')
    }
    return await replace(...write)
  }
  t.equal(await store.replace(key, 'first', 'second'), true)
  t.equal(await store.get(key), 'second')
})

t.test('a damaged record is damaged for whoever asks for it, and hides no other', async (t) => {
  const { inner, store } = await open()
  const users = new Records(store, 'user', v.object({ name: v.string() }), () => true)
  for (const name of ['ada', 'bob', 'cyd']) await users.insert('all', name, { name })
  await inner.remove({ ...key, id: 'bob' })
  await inner.insert({ ...key, id: 'bob' }, 'no longer sealed')
  await t.rejects(users.find('all', 'bob'), RecordDamaged)
  await t.rejects(store.replace({ ...key, id: 'bob' }, 'no longer sealed', 'new'), RecordDamaged)
  const found = []
  for await (const { id, record } of users.list('all')) found.push([id, record?.name])
  t.strictSame(found, [
    ['ada', 'ada'],
    ['bob', undefined],
    ['cyd', 'cyd'],
  ])
  t.equal(await users.remove('all', 'bob'), true, 'it can be removed')
})

t.test('what is wrong with the store is not taken for damage', async (t) => {
  const { inner, store } = await open()
  await store.insert(key, 'text')
  const broken = new TypeError('a mistake of ours')
  inner.get = async () => {
    throw broken
  }
  await t.rejects(store.get(key), broken)
  await t.rejects(store.replace(key, 'text', 'other'), broken)
})
