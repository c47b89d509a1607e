// S53: what nobody can use any more is forgotten, so the store cannot grow forever; and what
// somebody can still use is kept, an ended session above all.

import { MemoryLevel } from 'memory-level'
import t from 'tap'
import { Sessions } from '../../example/sessions/session.ts'
import { LevelStore } from '../../example/store/level/store.ts'
import { NOW } from '../support/fixtures.ts'

async function openMemory(): Promise<MemoryLevel<string, string>> {
  const db = new MemoryLevel<string, string>()
  await db.open()
  return db
}

async function countEntries(db: MemoryLevel<string, string>): Promise<number> {
  return (await db.keys().all()).length
}

t.test('ten thousand expired sessions leave nothing behind', async (t) => {
  const db = await openMemory()
  const store = new LevelStore(db)
  const sessions = new Sessions(store)
  const request = { subject: 'ada', lifetimeSeconds: 60, agent: '' }
  for (let count = 0; count < 10_000; count += 1) await sessions.start(request, NOW)

  t.equal(await store.sweep(NOW + 59), 0, 'none before its time')
  t.equal(await store.sweep(NOW + 60), 10_000, 'all when their time has come')
  t.equal(await countEntries(db), 0, 'neither record nor index entry')
})
