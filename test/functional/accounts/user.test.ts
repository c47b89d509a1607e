import t from 'tap'
import { inNewEpoch, Users, userName } from '../../../example/accounts/user.ts'
import { openStore } from '../../../example/store/open.ts'
import { NOW } from '../../support/fixtures.ts'

const users = async () => new Users(await openStore('memory:'))

t.test('a name is taken once, whatever its capitals, and shown as it was typed', async (t) => {
  const all = await users()
  const ada = await all.create({ name: 'Ada', hash: 'h' }, NOW)
  t.hasStrict(ada, { id: 'ada', name: 'Ada', roles: ['CLIENT'], enabled: true, createdAt: NOW })
  t.equal(await all.create({ name: 'aDA', hash: 'h' }, NOW), undefined)
  t.equal((await all.find('ada'))?.name, 'Ada')
})

t.test('of fifty who want one name at once, one gets it', async (t) => {
  const all = await users()
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, n) => all.create({ name: 'ada', hash: `${n}` }, NOW)),
  )
  t.equal(made.filter((user) => user !== undefined).length, 1)
})

t.test('who is removed is gone, and who takes the name is somebody else', async (t) => {
  const all = await users()
  const first = await all.create({ name: 'ada', hash: 'h' }, NOW)
  t.ok(await all.remove('ada'))
  t.notOk(await all.remove('ada'))
  const second = await all.create({ name: 'ada', hash: 'h' }, NOW)
  t.not(second?.epoch, first?.epoch)
})

t.test('a new epoch is another one, and changes nothing else', async (t) => {
  const ada = await (await users()).create({ name: 'ada', hash: 'h' }, NOW)
  if (ada === undefined) throw new Error('the name was free')
  const { epoch, ...rest } = inNewEpoch(ada)
  t.not(epoch, ada.epoch)
  t.hasStrict(ada, rest)
})

t.test('pages follow the names, each behind the last name of the one before', async (t) => {
  const all = await users()
  for (const name of ['carl', 'Ada', 'bob', 'dora']) await all.create({ name, hash: 'h' }, NOW)
  const names = async (after?: string) => (await all.page(after, 2)).map(({ name }) => name)
  t.strictSame(await names(), ['Ada', 'bob'])
  t.strictSame(await names('bob'), ['carl', 'dora'])
  t.strictSame(await names('dora'), [])
})

t.test('what can be a name', async (t) => {
  for (const name of ['a', 'ada', 'ada@example.org', 'A.d_a+1-2', '0', 'x'.repeat(64)])
    t.match(name, userName)
  for (const name of [
    '',
    '.',
    '..',
    '-ada',
    '@ada',
    'a b',
    'a:b',
    'a/b',
    'a\n',
    'ä',
    'x'.repeat(65),
  ])
    t.notMatch(name, userName, JSON.stringify(name))
})
