import t from 'tap'
import { Families, into, isLive } from '../../../example/accounts/family.ts'
import { inNewEpoch, Users } from '../../../example/accounts/user.ts'
import { RecordDamaged, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { NOW } from '../../support/fixtures.ts'

async function ada() {
  const store = await openStore('memory:')
  const user = await new Users(store).create({ name: 'ada', hash: 'h' }, NOW)
  if (user === undefined) throw new Error('the name was free')
  const families = new Families(store)
  const device = { user, lifetimeSeconds: 100, agent: 'curl', address: '192.0.2.1', most: 3 }
  return { store, user, families, start: (now = NOW) => families.start(device, now) }
}

t.test('a family lives while its record, its time, its user and its epoch say so', async (t) => {
  const { user, start } = await ada()
  const family = await start()
  t.ok(isLive(family, user, NOW + 99))
  t.notOk(isLive(family, user, NOW + 100), 'its time is over')
  t.notOk(isLive({ ...family, valid: false }, user, NOW), 'it has ended')
  t.notOk(isLive(family, { ...user, enabled: false }, NOW), 'its user is switched off')
  t.notOk(isLive(family, inNewEpoch(user), NOW), 'its user is in another epoch')
})

t.test('one let into the new epoch outlives the change', async (t) => {
  const { user, start } = await ada()
  const changed = inNewEpoch(user)
  t.ok(isLive(into(changed.epoch)(await start()), changed, NOW))
})

t.test('ending is for good, and says whether there was something to end', async (t) => {
  const { user, families, start } = await ada()
  const { id } = await start()
  t.hasStrict(await families.end(user.id, id), { id, valid: false })
  t.equal(await families.end(user.id, id), undefined)
  t.notOk((await families.find(user.id, id))?.valid)
})

t.test('the newest devices stay, and what had ended makes room first', async (t) => {
  const { user, families, start } = await ada()
  const first = await start(NOW)
  const second = await start(NOW + 1)
  await families.end(user.id, second.id)
  const third = await start(NOW + 2)
  const fourth = await start(NOW + 3)
  const live = await families.liveOf(user, NOW + 3)
  t.strictSame(
    live.map(({ id }) => id),
    [fourth.id, third.id, first.id],
    'the newest first',
  )
  t.equal(await families.find(user.id, second.id), undefined)
  await start(NOW + 4)
  t.equal(await families.find(user.id, first.id), undefined, 'the oldest is refused')
})

t.test('an id that is taken is not shared: nobody is signed in', async (t) => {
  const { store, start } = await ada()
  store.insert = async () => false
  await t.rejects(start(), { message: 'Cannot start the session: its random id is taken' })
})

t.test('of any number at once no more stay than may', async (t) => {
  const { user, families, start } = await ada()
  await Promise.all(Array.from({ length: 10 }, () => start()))
  const { length } = await families.liveOf(user, NOW)
  t.ok(length >= 1 && length <= 3, `${length} of 3`)
})

t.test('a record of another kind, or of another device, is damaged', async (t) => {
  const { store, user, families, start } = await ada()
  const family = await start()
  const id = '22222222-2222-4222-8222-222222222222'
  await store.insert({ kind: 'family', owner: 'ada', id }, JSON.stringify(family))
  await t.rejects(families.find('ada', id), RecordDamaged)
  t.equal((await families.liveOf(user, NOW)).length, 1, 'and is not on the list')
  await store.insert({ kind: 'family', owner: 'bob', id: family.id }, JSON.stringify(family))
  await t.rejects(families.find('bob', family.id), RecordDamaged)
})

t.test('damage in the list hides what is behind it, and keeps nobody out', async (t) => {
  const { store, families, user, start } = await ada()
  // biome-ignore lint/correctness/useYield: it comes to no record
  store.list = async function* () {
    throw new RecordDamaged()
  }
  const { id } = await start()
  t.ok(await families.find(user.id, id))
  t.strictSame(await families.liveOf(user, NOW), [])
  // biome-ignore lint/correctness/useYield: it comes to no record
  store.list = async function* () {
    throw new StoreUnavailable('down')
  }
  await t.rejects(families.liveOf(user, NOW), StoreUnavailable)
})
