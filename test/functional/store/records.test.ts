import t from 'tap'
import * as v from 'valibot'
import { RecordDamaged, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { Records } from '../../../example/store/records.ts'
import type { WriteOptions } from '../../../example/store/types.ts'
import { NOW } from '../../support/fixtures.ts'

const User = v.object({ name: v.string(), logins: v.number() })
const ada = { name: 'ada', logins: 0 }
const key = { kind: 'user', owner: 'all', id: 'ada' }

async function open() {
  const store = await openStore('memory:')
  return { store, users: new Records(store, 'user', User, ({ name }, { id }) => name === id) }
}

const oneMore = (user: typeof ada) => ({ ...user, logins: user.logins + 1 })

t.test('what goes in comes out', async (t) => {
  const { store, users } = await open()
  t.equal(await users.find('all', 'ada'), undefined)
  t.equal(await users.insert('all', 'ada', ada, NOW), true)
  t.strictSame(await users.find('all', 'ada'), ada)
  t.equal(await users.insert('all', 'ada', oneMore(ada)), false, 'the key is taken')
  t.equal(await store.sweep(NOW), 1, 'it has its expiry')
})

t.test('bytes that are no text are damage; their sign may be written', async (t) => {
  const store = await openStore('memory:')
  const posts = new Records(store, 'post', v.object({ text: v.string() }), () => true)
  const odd = { text: '\ufffd\\\ufffd' }
  await posts.insert('ada', 'odd', odd)
  t.strictSame(await posts.find('ada', 'odd'), odd)
  await posts.update('ada', 'odd', ({ text }) => ({ text: `${text}\ufffd` }))
  t.strictSame(await posts.find('ada', 'odd'), { text: `${odd.text}\ufffd` })

  await store.insert({ kind: 'post', owner: 'ada', id: 'bad' }, JSON.stringify(odd))
  await t.rejects(posts.find('ada', 'bad'), RecordDamaged)
  await t.rejects(
    posts.update('ada', 'bad', (post) => post),
    RecordDamaged,
  )
})

t.test('a text is read once, and the store is asked for it every time', async (t) => {
  const store = await openStore('memory:')
  const read: unknown[] = []
  const Counted = v.pipe(
    User,
    v.check((user) => read.push(user) > 0),
  )
  const users = new Records(store, 'user', Counted, ({ name }, { id }) => name === id)
  await users.insert('all', 'ada', ada)
  const first = await users.find('all', 'ada')
  t.equal(await users.find('all', 'ada'), first)
  t.equal(Object.isFrozen(first), true, 'nobody can change it for the others')
  t.equal(read.length, 1)

  await store.insert({ ...key, id: 'bob' }, JSON.stringify(ada))
  await t.rejects(
    users.find('all', 'bob'),
    RecordDamaged,
    'in the place of another it is still not believed',
  )
  await users.remove('all', 'ada')
  t.equal(await users.find('all', 'ada'), undefined)
})

t.test('update()', async (t) => {
  t.test('writes what the change makes of the record, and gives it back', async (t) => {
    const { users } = await open()
    await users.insert('all', 'ada', ada)
    t.strictSame(await users.update('all', 'ada', oneMore), { name: 'ada', logins: 1 })
    t.strictSame(await users.find('all', 'ada'), { name: 'ada', logins: 1 })
  })

  t.test('writes nothing where there is no record, or no change', async (t) => {
    const { store, users } = await open()
    t.equal(await users.update('all', 'ada', oneMore), undefined)
    await users.insert('all', 'ada', ada)
    store.replace = async () => t.fail('it has written')
    t.equal(await users.update('all', 'ada', () => undefined), undefined)
  })

  t.test('of fifty at once none is lost: whoever was slower looks again', async (t) => {
    const { users } = await open()
    await users.insert('all', 'ada', ada)
    await Promise.all(Array.from({ length: 50 }, () => users.update('all', 'ada', oneMore)))
    t.strictSame(await users.find('all', 'ada'), { name: 'ada', logins: 50 })
  })
})

t.test('what must be safe before it is answered is', async (t) => {
  const { store, users } = await open()
  const asked: Array<WriteOptions | undefined> = []
  store.insert = async (_key, _value, _expiresAt, options) => asked.push(options) > 0
  store.replace = async (_key, _expected, _value, options) => asked.push(options) > 0
  store.remove = async (_key, options) => asked.push(options) > 0
  store.get = async () => JSON.stringify(ada)
  await users.insert('all', 'ada', ada, undefined, { durable: true })
  await users.update('all', 'ada', oneMore, { durable: true })
  await users.remove('all', 'ada', { durable: true })
  t.strictSame(asked, [{ durable: true }, { durable: true }, { durable: true }])
})

t.test('a record that is not of this kind is damaged, and nothing is written', async (t) => {
  const damaged: Record<string, string> = {
    'of another shape': JSON.stringify({ ...ada, logins: '1' }),
    'of somebody else': JSON.stringify({ ...ada, name: 'eve' }),
    'half written': JSON.stringify(ada).slice(0, -1),
  }
  for (const [what, text] of Object.entries(damaged)) {
    t.test(what, async (t) => {
      const { store, users } = await open()
      await store.insert(key, text)
      await t.rejects(users.find('all', 'ada'), new RecordDamaged())
      await t.rejects(users.update('all', 'ada', oneMore), new RecordDamaged())
      t.equal(await store.get(key), text)
      t.equal(await users.remove('all', 'ada'), true, 'though it can be removed')
    })
  }
})

t.test('list() gives those of one owner in their order, page by page', async (t) => {
  const { store, users } = await open()
  for (const name of ['cy', 'ada', 'bob']) await users.insert('all', name, { ...ada, name })
  await store.insert({ ...key, id: 'bad' }, 'half of it')
  await users.insert('others', 'eve', { ...ada, name: 'eve' })
  const page = []
  for await (const each of users.list('all', { after: 'ada' })) page.push(each)
  t.strictSame(page, [
    { id: 'bad', record: undefined },
    { id: 'bob', record: { name: 'bob', logins: 0 } },
    { id: 'cy', record: { name: 'cy', logins: 0 } },
  ])
})

t.test('a store that cannot say is no answer', async (t) => {
  const { store, users } = await open()
  store.get = () => Promise.reject(new StoreUnavailable('read the record'))
  await t.rejects(users.find('all', 'ada'), StoreUnavailable)
})

t.test('of however many are too much, fifty are removed at once', async (t) => {
  const { store, users } = await open()
  const names = Array.from({ length: 130 }, (_, n) => `user-${n}`)
  for (const [logins, name] of names.entries()) await users.insert('all', name, { name, logins })
  const { remove } = store
  const underWay: number[] = []
  let now = 0
  store.remove = async (...given) => {
    now += 1
    underWay.push(now)
    const done = await remove.apply(store, given)
    now -= 1
    return done
  }
  await users.keepNewest('all', { id: 'user-0', most: 10 }, ({ logins }) => logins)
  t.equal(Math.max(...underWay), 50, 'others find a place among the writes that wait for replicas')
  const left = await users.newestFirst('all', ({ logins }) => logins)
  t.same(
    left.map(({ id }) => id),
    [...names.slice(-9).reverse(), 'user-0'],
  )
})
