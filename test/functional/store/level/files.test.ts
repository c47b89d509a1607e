import {
  copyFileSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import t from 'tap'
import { proveFiles } from '../../../../example/store/level/files.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { messageOf } from '../../../support/refusal.ts'
import { namesOf, writtenFolder } from './written.ts'

const rounds = [['a'], ['b'], ['c']]
const zeros = Buffer.alloc(100)
const wayOut =
  'Move the folder away, but keep it: its records are lost to the server. Everybody signs in again, and accounts, if it held any, are gone'

function damaged(folder: string, how: string): string {
  return `Cannot open the store: the files in ${folder} are damaged, and changes may be lost with them: ${how}. ${wayOut}`
}

t.test('files as LevelDB has left them pass', async (t) => {
  t.equal(messageOf(proveFiles, await writtenFolder(t, rounds)), 'accepted')
})

t.test('so does a folder in which it has never begun, or was stopped as it began', async (t) => {
  t.equal(messageOf(proveFiles, temporaryFolder(t)), 'accepted')
  t.equal(
    messageOf(proveFiles, temporaryFolder(t, { LOCK: '', LOG: '', 'MANIFEST-000001': '' })),
    'accepted',
  )
})

t.test('one of the files is missing: which', async (t) => {
  for (const kind of [/^CURRENT$/, /^MANIFEST/, /\.log$/, /\.ldb$/]) {
    const folder = await writtenFolder(t, rounds)
    const [name = ''] = namesOf(folder, kind)
    unlinkSync(`${folder}/${name}`)
    t.equal(messageOf(proveFiles, folder), damaged(folder, `${name} is missing`))
  }
})

t.test('one of the files is damaged: which, and how', async (t) => {
  const damages: Array<[RegExp, string]> = [
    [/^CURRENT$/, 'it names no MANIFEST'],
    [/^MANIFEST/, 'a checksum does not fit'],
    [/\.log$/, 'a checksum does not fit'],
    [/\.ldb$/, 'its end is missing'],
  ]
  for (const [kind, how] of damages) {
    const folder = await writtenFolder(t, rounds)
    const [name = ''] = namesOf(folder, kind)
    writeFileSync(`${folder}/${name}`, zeros)
    t.equal(messageOf(proveFiles, folder), damaged(folder, `${name}: ${how}`))
  }
})

t.test('one of the files cannot be read: LevelDB would go on without a log', async (t) => {
  for (const kind of [/^CURRENT$/, /^MANIFEST/, /\.log$/, /\.ldb$/]) {
    const folder = await writtenFolder(t, rounds)
    const [name = ''] = namesOf(folder, kind)
    const said = (why: string) =>
      `Cannot open the store: ${folder}/${name} cannot be read (${why}), and changes may be lost with it. ` +
      `Let this user read it, or begin anew. ${wayOut}`
    unlinkSync(`${folder}/${name}`)
    symlinkSync(name, `${folder}/${name}`) // to itself: it stops root, whom no mode does
    t.equal(messageOf(proveFiles, folder), said('ELOOP'))
    unlinkSync(`${folder}/${name}`)
    mkdirSync(`${folder}/${name}`)
    t.equal(messageOf(proveFiles, folder), said('it is no file'))
  }
})

t.test('a newer log than the one that MANIFEST names counts, an older one does not', async (t) => {
  const folder = await writtenFolder(t, rounds)
  writeFileSync(`${folder}/000001.log`, zeros)
  t.equal(messageOf(proveFiles, folder), 'accepted')
  writeFileSync(`${folder}/000099.log`, zeros)
  t.equal(messageOf(proveFiles, folder), damaged(folder, '000099.log: a checksum does not fit'))
})

t.test('half a table, which MANIFEST does not name yet, is left from kill -9', async (t) => {
  const folder = await writtenFolder(t, rounds)
  const [name = ''] = namesOf(folder, /\.ldb$/)
  copyFileSync(`${folder}/${name}`, `${folder}/000099.ldb`)
  truncateSync(`${folder}/000099.ldb`, 100)
  t.equal(messageOf(proveFiles, folder), 'accepted')
  renameSync(`${folder}/000099.ldb`, `${folder}/${name}`)
  t.equal(messageOf(proveFiles, folder), damaged(folder, `${name}: its end is missing`))
})
