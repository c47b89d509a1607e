import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../../example/issuer/config.ts'
import { openSealed } from '../../../example/issuer/open-sealed.ts'
import { StoreNotOpened } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import type { RecordStore } from '../../../example/store/types.ts'
import { createVault } from '../../../example/store/vault.ts'
import { temporaryFolder } from '../../support/folder.ts'

// The store of these tests is in memory, and takes itself for one that lasts.
const cheap = { N: 16, r: 8, p: 1 }
const password = 'of-the-store-for-tests-4hG'
const record = { kind: 'user', owner: 'all', id: 'ada' }
const place = { kind: 'vault', owner: 'all', id: 'key' }

async function open(store: RecordStore, given: Record<string, string> = {}) {
  let shown = ''
  const show = (text: string) => {
    shown += text
  }
  const opening = openSealed(store, readConfig(given), show, cheap)
  const opened = await opening.catch((error: Error) => {
    if (error instanceof StoreNotOpened) return error.message
    throw error
  })
  return { opened, shown }
}
const recordIn = async (opened: RecordStore | string) =>
  typeof opened === 'string' ? opened : await opened.get(record)

t.test('the first start makes a password and shows it once, and later ones need it', async (t) => {
  const store = await openStore('memory:')
  const first = await open(store)
  const made = /^ {2}ISSUER_PASSWORD=([\w-]{32})$/m.exec(first.shown)?.[1] ?? ''
  if (typeof first.opened === 'string') throw new Error(first.opened)
  await first.opened.insert(record, 'Ada')
  t.notMatch(await store.get(record), 'Ada', 'nobody reads it without')
  t.notMatch(await store.get(place), made, 'and the store does not say it')

  const without = await open(store)
  t.same(without, {
    opened:
      'Cannot open the store: it is sealed. Set ISSUER_PASSWORD, or ISSUER_PASSWORD_FILE, to the password that its first start has shown, start with --dev if that has kept it, or begin anew with another STORE_URL',
    shown: '',
  })
  const { opened, shown } = await open(store, { ISSUER_PASSWORD: made })
  t.equal(await recordIn(opened), 'Ada')
  t.equal(shown, '')
  if (typeof opened !== 'string') await opened.ping()
})

t.test('a password that is named for a file is kept there, for its owner alone', async (t) => {
  const path = join(temporaryFolder(t), 'below/password')
  const given = { ISSUER_PASSWORD_FILE: path }
  const store = await openStore('memory:')
  const { opened, shown } = await open(store, given)
  if (typeof opened === 'string') throw new Error(opened)
  await opened.insert(record, 'Ada')
  t.equal(shown, '')
  t.match(readFileSync(path, 'utf8'), /^[\w-]{32}\n$/)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.equal(await recordIn((await open(store, given)).opened), 'Ada')
})

t.test('where it cannot be kept, nothing is sealed', async (t) => {
  const folder = temporaryFolder(t, { file: '' })
  const store = await openStore('memory:')
  const config = readConfig({ ISSUER_PASSWORD_FILE: join(folder, 'file/password') })
  const config2 = { ...config, passwordFile: join(folder, 'file') } // it came to be there meanwhile
  for (const [settings, why] of [
    [
      config,
      /^Cannot open the store: its password cannot be kept in .*: the folder .* a file stands there/,
    ],
    [config2, /^Cannot open the store: its password cannot be kept in .*file: EEXIST$/],
  ] as const)
    await t.rejects(
      openSealed(store, settings, () => {}),
      { message: why },
    )
  t.equal(await store.get(place), undefined)
})

t.test('a wrong password opens nothing, and changes nothing', async (t) => {
  const store = await openStore('memory:')
  await createVault(store, password, cheap)
  const before = await store.get(place)
  const { opened } = await open(store, { ISSUER_PASSWORD: `${password}.` })
  t.equal(
    opened,
    'Cannot open the store: the password is wrong, or the record of its key is damaged',
  )
  t.equal(await store.get(place), before)
})

t.test('several processes would each make one: theirs must be given', async (t) => {
  const given = { STORE_URL: 'redis://localhost', WORKERS: '2' }
  const { opened, shown } = await open(await openStore('memory:'), given)
  t.same(
    { opened, shown },
    {
      opened:
        'Cannot open the store: its processes need the same password. Set ISSUER_PASSWORD, or ISSUER_PASSWORD_FILE, for all of them',
      shown: '',
    },
  )
})

t.test('memory, which ends with its process, needs none', async (t) => {
  const store = await openStore('memory:')
  t.equal((await open(store, { STORE_URL: 'memory:' })).opened, store)
})
