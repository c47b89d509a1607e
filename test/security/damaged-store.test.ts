import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'

// S113. Bytes on a disk turn. LevelDB looks at the checksums of its log when it opens, and drops what is damaged
// without a word; at those of its tables it never looks. What is dropped may be the end of a session: then the
// text before it stands again, whole. So a server reads all files once, before LevelDB does, and does not start
// on damaged ones, now or later. One byte turned in any file: refused, or all is as it was written.
//
// What nobody can know: that a log was cut off, or emptied. A power cut does the same to a write nobody was told of.

const ids = ['1', '2', '3']
const key = (id: string) => ({ kind: 'session', owner: 'ada', id })
const live = (id: string) =>
  JSON.stringify({ valid: true, subject: 'ada', createdAt: NOW, expiresAt: NOW + 3600, agent: id })
const ended = (id: string) => live(id).replace('true', 'false')

/** Three sessions in one table. The second ended when the files had been opened anew: that is in the log. */
async function endedInLog(t: Test): Promise<string> {
  const folder = `${temporaryFolder(t)}/data`
  const store = await openStore(`level:${folder}`)
  for (const id of ids) await store.insert(key(id), live(id), NOW + 3600)
  await store.close()
  const again = await openStore(`level:${folder}`)
  await again.replace(key('2'), live('2'), ended('2'), { durable: true })
  await again.close()
  return folder
}

/** Opening moves what is in the log into a table: the newest text of the second session is in one, the older in another. */
async function endedInTable(t: Test): Promise<string> {
  const folder = await endedInLog(t)
  await (await openStore(`level:${folder}`)).close()
  return folder
}

/** A copy of the folder in which bits of one byte of one file are turned. */
function damaged(folder: string, file: string, at: number): string {
  const copy = `${folder}-${file}-${at}`
  cpSync(folder, copy, { recursive: true })
  const bytes = readFileSync(`${copy}/${file}`)
  bytes[at] = (bytes[at] ?? 0) ^ ([0x01, 0x10, 0xff][at % 3] ?? 0)
  writeFileSync(`${copy}/${file}`, bytes)
  return copy
}

/** The three records, or why the store did not open. */
async function outcome(folder: string): Promise<string> {
  let store: RecordStore
  try {
    store = await openStore(`level:${folder}`)
  } catch (error) {
    return (error as Error).name
  }
  const looks = ids.map((id) => store.get(key(id)).catch((error: Error) => error.name))
  const texts = await Promise.all(looks)
  await store.close()
  return texts.join('\n')
}

const written = [live('1'), ended('2'), live('3')].join('\n')
const places = { 'its log': endedInLog, 'a table': endedInTable }

for (const [where, make] of Object.entries(places)) {
  t.test(`a session whose end is in ${where} stays ended, whatever byte turns`, async (t) => {
    const folder = await make(t)
    const files = readdirSync(folder).filter((name) => /ldb$|log$|^MANIFEST|^CURRENT/.test(name))
    const outcomes = new Map<string, number>()
    for (const file of files) {
      for (let at = 0; at < statSync(`${folder}/${file}`).size; at += 5) {
        const found = await outcome(damaged(folder, file, at))
        outcomes.set(found, (outcomes.get(found) ?? 0) + 1)
      }
    }
    t.strictSame([...outcomes.keys()].sort(), ['StoreNotOpened', written])
    t.ok((outcomes.get(written) ?? 0) < 20, 'nearly every byte matters')
    t.equal(await outcome(folder), written, 'undamaged files open')
  })
}

t.test('a sign-out that is lost with its log entry brings no session back', async (t) => {
  const folder = await endedInLog(t)
  const file = readdirSync(folder).find((name) => name.endsWith('.log'))
  const bytes = readFileSync(`${folder}/${file}`)
  bytes.write('true ', bytes.lastIndexOf('false'))
  writeFileSync(`${folder}/${file}`, bytes)

  const url = `level:${folder}`
  const refused = { name: 'StoreNotOpened', message: /^Cannot open the store: .* are damaged, / }
  await t.rejects(openStore(url), refused, 'the server does not start')
  await t.rejects(openStore(url), refused, 'nor does it when it is tried again')
})
