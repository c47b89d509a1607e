import t from 'tap'
import { Outbox } from '../../../example/accounts/outbox.ts'
import { openStore } from '../../../example/store/open.ts'
import { NOW } from '../../support/fixtures.ts'

async function outbox() {
  const clock = { now: NOW }
  const store = await openStore('memory:')
  const box = new Outbox(store, () => clock.now)
  const put = (subject: string) => box.put({ to: 'ada', subject, text: 'Hello', link: '/x' })
  const subjects = async () => (await box.mails()).map(({ subject }) => subject)
  return { clock, store, box, put, subjects }
}

t.test('the newest stands first, also within one second', async (t) => {
  const { put, subjects, box } = await outbox()
  for (const subject of ['one', 'two', 'three']) await put(subject)
  t.strictSame(await subjects(), ['three', 'two', 'one'])
  const [mail] = await box.mails()
  t.strictSame(mail, { to: 'ada', subject: 'three', text: 'Hello', link: '/x', at: NOW })
})

t.test('a mail is kept for an hour', async (t) => {
  const { clock, store, put, subjects } = await outbox()
  await put('one')
  clock.now = NOW + 3599
  t.strictSame(await subjects(), ['one'])
  clock.now = NOW + 3600
  t.strictSame(await subjects(), [])
  t.equal(await store.sweep(NOW + 3600), 1)
})

t.test('there are fifty at most, and none gets lost where many are sent at once', async (t) => {
  const { put, subjects } = await outbox()
  await Promise.all(Array.from({ length: 50 }, (_, n) => put(`${n}`)))
  t.equal(new Set(await subjects()).size, 50)
  await put('last')
  const left = await subjects()
  t.equal(left.length, 50)
  t.equal(left[0], 'last')
})

t.test('a damaged one hides no other', async (t) => {
  const { store, put, subjects } = await outbox()
  await put('one')
  await store.insert({ kind: 'outbox', owner: 'all', id: '100000000' }, '{}')
  t.strictSame(await subjects(), ['one'])
})

t.test('one whose id is none of ours stops nobody from putting others', async (t) => {
  const { store, put, subjects } = await outbox()
  for (const id of ['-', '-1', '000000000'])
    await store.insert({ kind: 'outbox', owner: 'all', id }, '{}')
  for (const subject of ['one', 'two', 'three']) await put(subject)
  t.strictSame((await subjects()).sort(), ['one', 'three', 'two'])
})
