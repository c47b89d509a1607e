import t from 'tap'
import { Sessions } from '../../example/sessions/session.ts'
import { spiedStore } from '../functional/store/spied-store.ts'
import { NOW } from '../support/fixtures.ts'

// S110, S111, RFC 7009 §2.2. Who was told "signed out" is signed out, also if the power fails in the
// next moment. A write that takes a right away is answered when the disk has it (`sync`); one that
// gives a right may be lost, since its loss locks out and lets nobody in.

t.test('the disk is waited for where a right is taken away, and only there', async (t) => {
  const { store, written } = await spiedStore()
  const sessions = new Sessions(store)
  const syncs = () => written.map(({ sync }) => sync)
  const id = await sessions.start({ subject: 'ada', lifetimeSeconds: 60, agent: '' }, NOW)
  t.strictSame(syncs(), [false], 'a session that begins')
  t.ok(await sessions.end('ada', id, NOW))
  t.strictSame(syncs(), [false, true], 'a session that ends')
})

t.test('whoever writes a promise forever waits for the disk, too', async (t) => {
  const { store, written } = await spiedStore()
  const key = { kind: 'user', owner: 'all', id: 'ada' }
  t.equal(await store.insert(key, 'signed up', undefined, { durable: true }), true)
  t.strictSame(
    written.map(({ sync }) => sync),
    [true],
  )
})
