import type { KeyObject } from 'node:crypto'
import t from 'tap'
import { StoreNotOpened, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { sealed } from '../../../example/store/sealed.ts'
import { changePassword, createVault, openVault } from '../../../example/store/vault.ts'

// So that a test takes no half a second. What people get is tried once, below.
const cheap = { N: 16, r: 8, p: 1 }
const password = 'of-the-vault-for-tests-4hG'
const next = 'another-one-for-tests-8sK'
const place = { kind: 'vault', owner: 'all', id: 'key' }
const record = { kind: 'user', owner: 'all', id: 'ada' }

const wrong = 'Cannot open the store: the password is wrong, or the record of its key is damaged'
const refusalOf = async (attempt: Promise<unknown>) => {
  const error: unknown = await attempt.catch((error: unknown) => error)
  return error instanceof StoreNotOpened ? error.message : error
}
/** A store with a vault, and the key that is in it. */
async function withVault(ofPassword = password) {
  const store = await openStore('memory:')
  return { store, dataKey: await createVault(store, ofPassword, cheap) }
}

const same = (one: KeyObject, other: KeyObject | undefined) => other?.equals(one) ?? false

t.test('a new store has no vault; the one that was made opens with its password', async (t) => {
  const store = await openStore('memory:')
  t.equal(await openVault(store, password), undefined)
  const dataKey = await createVault(store, password, cheap)
  t.equal(dataKey.symmetricKeySize, 32)
  t.ok(same(dataKey, await openVault(store, password)))
})

t.test('the figures that people get are those of OWASP', async (t) => {
  const store = await openStore('memory:')
  const dataKey = await createVault(store, password)
  const { figures } = JSON.parse((await store.get(place)) ?? '')
  t.strictSame(figures, { N: 131_072, r: 8, p: 1 })
  t.ok(same(dataKey, await openVault(store, password)))
})

t.test('with a wrong password it does not open, and nothing changes', async (t) => {
  const { store } = await withVault()
  const before = await store.get(place)
  const attempts = [
    () => openVault(store, `${password} `),
    () => openVault(store, ''),
    () => createVault(store, next, cheap),
    () => changePassword(store, { password: next, next: password }, cheap),
  ]
  for (const attempt of attempts) t.equal(await refusalOf(attempt()), wrong)
  t.equal(await store.get(place), before)
})

t.test('one password is one password, however it is spelled in Unicode', async (t) => {
  const { store } = await withVault('caf\u00e9 au lait')
  t.ok(await openVault(store, 'cafe\u0301 au lait'))
})

t.test('of two that start at once one makes it, and both have the same key', async (t) => {
  const store = await openStore('memory:')
  const [one, other] = await Promise.all([
    createVault(store, password, cheap),
    createVault(store, password, cheap),
  ])
  t.ok(same(one, other))
})

t.test('one that was removed meanwhile is made again', async (t) => {
  const store = await openStore('memory:')
  const insert = store.insert.bind(store)
  store.insert = async () => {
    store.insert = insert
    return false
  }
  t.ok(same(await createVault(store, password, cheap), await openVault(store, password)))
})

t.test('changing the password', async (t) => {
  t.test('leaves the data key as it is, and what is sealed with it', async (t) => {
    const { store, dataKey } = await withVault()
    await sealed(store, dataKey).insert(record, 'text')
    await changePassword(store, { password, next }, cheap)
    t.equal(await refusalOf(openVault(store, password)), wrong)
    const again = await openVault(store, next)
    t.equal(await sealed(store, again ?? dataKey).get(record), 'text')
    t.ok(same(dataKey, again))
  })

  t.test('is done by one of two at once', async (t) => {
    const { store } = await withVault()
    const changes = ['first', 'second'].map((next) =>
      refusalOf(changePassword(store, { password, next }, cheap)),
    )
    const outcomes = await Promise.all(changes)
    const taken = 'Cannot open the store: its password has just been changed by another'
    t.strictSame(outcomes.toSorted(), [taken, undefined])
    t.ok(await openVault(store, outcomes[0] === undefined ? 'first' : 'second'))
  })

  t.test('wants a password that is there', async (t) => {
    const change = changePassword(await openStore('memory:'), { password, next }, cheap)
    t.equal(await refusalOf(change), 'Cannot open the store: it has no password yet')
  })
})

t.test('a record that somebody has changed opens nothing', async (t) => {
  const { store } = await withVault()
  const vault = JSON.parse((await store.get(place)) ?? '')
  const put = async (changed: unknown) => {
    await store.remove(place)
    await store.insert(place, JSON.stringify(changed))
    return await refusalOf(openVault(store, password))
  }
  const figures = [
    { N: 2 ** 20 },
    { N: 2 ** 1000 },
    { N: 100 },
    { N: 1 },
    { N: '16' },
    { r: 9 },
    { p: 5 },
    { p: 0.5 },
  ]
  const damaged = [
    ...figures.map((more) => ({ ...vault, figures: { ...vault.figures, ...more } })),
    { ...vault, wrapped: undefined },
    null,
  ]
  for (const record of damaged)
    t.equal(
      await put(record),
      'Cannot open the store: the record of its key is damaged',
      JSON.stringify(record),
    )
  const others = [
    { ...vault, figures: { ...cheap, N: 32 } },
    { ...vault, salt: `${vault.salt}A` },
    {
      ...vault,
      wrapped: vault.wrapped.replace(/^./, (first: string) => (first === 'A' ? 'B' : 'A')),
    },
    { ...vault, wrapped: '' },
  ]
  for (const record of others) t.equal(await put(record), wrong)
})

t.test('a store that does not answer is not a wrong password', async (t) => {
  const { store } = await withVault()
  await store.close()
  t.ok((await refusalOf(openVault(store, password))) instanceof StoreUnavailable)
})
