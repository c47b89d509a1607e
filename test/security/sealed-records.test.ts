// Encryption at rest: what somebody finds, or can do, who has the files of a sealed store and not its password.
import { createSecretKey, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { RecordDamaged } from '../../example/store/errors.ts'
import { openStore } from '../../example/store/open.ts'
import { sealed } from '../../example/store/sealed.ts'
import { createVault } from '../../example/store/vault.ts'
import { temporaryFolder } from '../support/folder.ts'

const dataKey = createSecretKey(randomBytes(32))
const key = { kind: 'user', owner: 'a1b2.ada', id: 'ada' }

async function kept(text = 'text') {
  const inner = await openStore('memory:')
  const store = sealed(inner, dataKey)
  await store.insert(key, text)
  const written = (await inner.get(key)) ?? ''
  const put = async (at: typeof key, value: string) => {
    await inner.remove(at)
    await inner.insert(at, value)
    return await store.get(at).catch((error: unknown) => error instanceof RecordDamaged)
  }
  return { inner, store, written, put }
}

t.test('no bit of a record can be turned, added or taken away', async (t) => {
  const { written, put } = await kept()
  const bytes = Buffer.from(written, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const turned = Buffer.from(bytes)
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    t.equal(await put(key, turned.toString('base64url')), true, `bit ${bit}`)
  }
  for (let length = 0; length < bytes.length; length += 1)
    t.equal(await put(key, bytes.subarray(0, length).toString('base64url')), true)
  for (const other of [`${written}A`, `${written}=`, ` ${written}`, `${written}\n`, 'text'])
    t.equal(await put(key, other), true, 'nor spelled in another way')
  t.equal(await put(key, written), 'text')
})

t.test('no record can stand in the place of another', async (t) => {
  const { written, put } = await kept()
  const places = [
    { ...key, id: 'eve' },
    { ...key, kind: 'administrator' },
    { ...key, owner: 'c3d4.ada' },
    { kind: 'user', owner: 'a1b2', id: 'ada.ada' },
  ]
  for (const place of places) t.equal(await put(place, written), true)
})

t.test('another data key opens nothing', async (t) => {
  const { inner } = await kept()
  const other = sealed(inner, createSecretKey(randomBytes(32)))
  await t.rejects(other.get(key), RecordDamaged)
})

t.test('the older copy of a record, put back, is good: that is not noticed', async (t) => {
  const { store, written, put } = await kept('first')
  await store.replace(key, 'first', 'second')
  t.equal(await put(key, written), 'first')
})

t.test('on the disk there is no text of any record, nor the data key', async (t) => {
  const folder = temporaryFolder(t)
  const inner = await openStore(`level:${folder}/records`)
  const secret = await createVault(inner, 'password-of-the-vault', { N: 16, r: 8, p: 1 })
  const store = sealed(inner, secret)
  await store.insert(key, 'text-that-nobody-finds')
  await store.insert({ ...key, id: 'bob' }, 'text-that-nobody-finds')
  await store.close()
  const files = readdirSync(join(folder, 'records')).map((name) => join(folder, 'records', name))
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)))
  t.ok(bytes.includes('user:a1b2.ada:ada'), 'the key of a record is not hidden')
  for (const text of ['text-that-nobody-finds', 'password-of-the-vault'])
    for (const spelling of ['utf8', 'base64url', 'hex'] as const)
      t.notOk(bytes.includes(Buffer.from(text).toString(spelling)))
  for (const spelling of ['latin1', 'base64url', 'hex'] as const)
    t.notOk(bytes.includes(secret.export().toString(spelling), 0, 'latin1'))
})
