import type { Test } from 'tap'
import type { RecordKey } from '../../example/store/types.ts'
import { NOW } from '../support/fixtures.ts'
import { type Engine, listed, promising, session } from './engine.ts'

/** Records of different owners and kinds never meet, and what is not a key reaches no engine. */
export function keysAndLists(t: Test, engine: Engine): void {
  const promised = promising(t, engine)

  promised('a list has the records of one owner, in the order of their ids', async (t, store) => {
    const ids = ['b', '10', 'a', '9', 'B', '_', '-', '.', '@', '+', 'a.b', 'a-b']
    for (const id of ids) await store.insert(session(id), `value of ${id}`, NOW)
    const inOrder = [...ids].sort() // by character code, as bytes are
    t.strictSame(
      await listed(store, 'session', 'ada'),
      inOrder.map((id) => ({ id, value: `value of ${id}` })),
    )
  })

  promised('a list shows replaced records as they are, and no removed ones', async (t, store) => {
    for (const id of ['1', '2', '3']) await store.insert(session(id), 'first')
    await store.replace(session('2'), 'first', 'second')
    await store.remove(session('3'))
    t.strictSame(await listed(store, 'session', 'ada'), [
      { id: '1', value: 'first' },
      { id: '2', value: 'second' },
    ])
  })

  promised('a list of nobody is empty', async (t, store) => {
    t.strictSame(await listed(store, 'session', 'ada'), [])
  })

  promised('a list of two hundred is complete', async (t, store) => {
    const ids = Array.from({ length: 200 }, (_, n) => String(n).padStart(3, '0'))
    await Promise.all(ids.map((id) => store.insert(session(id), 'value')))
    const found = await listed(store, 'session', 'ada')
    t.strictSame(
      found.map(({ id }) => id),
      ids,
    )
  })

  promised('a list in pages has each record once, in order', async (t, store) => {
    const ids = ['10', '2', 'B', 'a', 'a-', 'a.b', 'b', 'z']
    for (const id of ids) await store.insert(session(id), 'value')
    await store.insert(session('c', 'eve'), 'value')
    const inOrder = [...ids].sort()
    for (const after of ['0', '10', 'a', 'a-', 'zz']) {
      const page = []
      for await (const { id } of store.list('session', 'ada', { after })) page.push(id)
      t.strictSame(
        page,
        inOrder.filter((id) => id > after),
        `behind ${after}`,
      )
    }
  })

  promised('a list that is left early leaves nothing behind', async (t, store) => {
    for (const id of ['1', '2', '3']) await store.insert(session(id), 'value')
    for await (const { id } of store.list('session', 'ada')) {
      t.equal(id, '1')
      break
    }
    t.equal((await listed(store, 'session', 'ada')).length, 3)
  })

  promised('owners whose names begin alike are strangers', async (t, store) => {
    const owners = ['a', 'ad', 'ada', 'ada-', 'ada.', 'ada2', 'adam', 'Ada', 'ada@a', 'ada+']
    for (const owner of owners) await store.insert(session('1', owner), `of ${owner}`)
    for (const owner of owners) {
      t.strictSame(await listed(store, 'session', owner), [{ id: '1', value: `of ${owner}` }])
      t.equal(await store.get(session('1', owner)), `of ${owner}`)
    }
  })

  promised('kinds whose names begin alike are strangers', async (t, store) => {
    const kinds = ['s', 'session', 'session-', 'session2', 'sessions']
    for (const kind of kinds) await store.insert({ ...session('1'), kind }, `of ${kind}`)
    for (const kind of kinds)
      t.strictSame(await listed(store, kind, 'ada'), [{ id: '1', value: `of ${kind}` }])
  })

  promised('the longest parts that are allowed make a key', async (t, store) => {
    const key = { kind: 'k'.repeat(32), owner: 'o'.repeat(128), id: 'i'.repeat(128) }
    await store.insert(key, 'value')
    t.equal(await store.get(key), 'value')
  })

  // What else is malformed: test/functional/store/key.test.ts.
  const malformed: Record<string, Partial<RecordKey>> = {
    'an id with the separator': { id: 'a:b' },
    'an id that is too long': { id: 'a'.repeat(129) },
    'an owner that is empty': { owner: '' },
    'a kind in capitals': { kind: 'Session' },
  }
  for (const [what, part] of Object.entries(malformed)) {
    promised(`${what}: a TypeError from every method`, async (t, store) => {
      const key = { ...session('1'), ...part }
      const methods: Record<string, () => Promise<unknown>> = {
        get: () => store.get(key),
        insert: () => store.insert(key, 'value'),
        replace: () => store.replace(key, 'value', 'other'),
        remove: () => store.remove(key),
        'list of a page': () => listed(store, key.kind, key.owner, { after: key.id }),
        ...('id' in part ? {} : { list: () => listed(store, key.kind, key.owner) }),
      }
      // A closed store answers StoreUnavailable: a TypeError shows that it was never asked.
      await store.close()
      for (const [name, method] of Object.entries(methods)) {
        const error: unknown = await method().catch((error) => error)
        t.ok(error instanceof TypeError, name)
        t.match(error, { message: /^Cannot use the record key: its (id|owner|kind) is malformed$/ })
      }
    })
  }
}
