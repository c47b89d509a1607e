import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'

// S113, S124. Bytes on a disk turn. LevelDB checks its log when it opens, and drops what is damaged
// without a word; it does not check its tables when it reads. What we promise all the same: no
// damaged byte becomes another text. A record is as it was written, or missing, or refused as damaged or unavailable;
// or the server does not start.
//
// An entry that LevelDB drops from its log may have been the one that ended a session: then the text
// before it would stand again, whole. So the server does not start on such files, now or later.
//
// What we cannot promise: damage in the length of the very last entry looks like a write that a power
// cut interrupted, and nobody can tell the two apart.

const ids = ['1', '2', '3']
const key = (id: string) => ({ kind: 'session', owner: 'ada', id })
const live = (id: string) =>
  JSON.stringify({ valid: true, subject: 'ada', createdAt: NOW, expiresAt: NOW + 3600, agent: id })
const ended = (id: string) => live(id).replace('true', 'false')

/** Three sessions, of which the second was ended last of all. LevelDB moves a log into a table when it opens it. */
async function records(t: Test, where: 'log' | 'ldb'): Promise<{ folder: string; file: string }> {
  const folder = `${temporaryFolder(t)}/data`
  const store = await openStore(`level:${folder}`)
  for (const id of ids) await store.insert(key(id), live(id), NOW + 3600)
  await store.replace(key('2'), live('2'), ended('2'), { durable: true })
  await store.close()
  if (where === 'ldb') await (await openStore(`level:${folder}`)).close()
  const file = readdirSync(folder).find((name) => name.endsWith(`.${where}`)) ?? ''
  return { folder, file }
}

// A program of its own, since damage can end the process: LevelDB asserts what it believes.
const program = `
import { openStore } from '${new URL('../../example/store/open.ts', import.meta.url)}'
for (const folder of process.argv.slice(1)) {
  const outcome = await openStore('level:' + folder).then(read, (error) => error.name)
  console.log(JSON.stringify(outcome))
}
async function read(store) {
  const outcomes = []
  for (const id of ${JSON.stringify(ids)})
    outcomes.push(await store.get({ kind: 'session', owner: 'ada', id }).then((text) => text ?? 'missing', (error) => error.name))
  await store.close()
  return outcomes
}
`

/** What became of the records of each folder: one outcome each, or why the store did not open. */
function outcomes(folders: string[]): Array<string | string[]> {
  const { PATH = '' } = process.env
  const child = spawnSync(
    process.execPath,
    ['--import=./example/typescript.mjs', '--input-type=module', '--eval', program, ...folders],
    { env: { PATH }, encoding: 'utf8' },
  )
  const found = child.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  if (child.status === 0) return found
  // It ended at one folder: that one was refused in the hardest way, and the rest is still to see.
  if (child.signal === null) throw new Error(child.stderr)
  return [...found, child.signal, ...outcomes(folders.slice(found.length + 1))]
}

/** Copies of a folder, each with other bits of one byte of one file turned. */
function damaged({ folder, file }: { folder: string; file: string }): string[] {
  const whole = readFileSync(`${folder}/${file}`)
  const copies: string[] = []
  for (let at = 0; at < whole.length; at += 5) {
    const copy = `${folder}-${at}`
    cpSync(folder, copy, { recursive: true })
    const bytes = Buffer.from(whole)
    bytes[at] = (whole[at] ?? 0) ^ ([0x01, 0x10, 0xff][at % 3] ?? 0)
    writeFileSync(`${copy}/${file}`, bytes)
    copies.push(copy)
  }
  return copies
}

for (const where of ['log', 'ldb'] as const) {
  t.test(`a damaged .${where} file`, async (t) => {
    const whole = await records(t, where)
    const copies = damaged(whole)
    t.ok(copies.length > 50, `${copies.length} damaged copies`)
    const [undamaged, ...found] = outcomes([whole.folder, ...copies])
    t.strictSame(undamaged, [live('1'), ended('2'), live('3')])

    const seen = new Set<string>()
    for (const outcome of found) {
      if (typeof outcome === 'string') seen.add(outcome)
      else for (const [index, text] of outcome.entries()) seen.add(`${ids[index]}: ${text}`)
    }

    const allowed = new Set([
      ...['StoreNotOpened', 'SIGABRT'],
      ...ids.flatMap((id) => [`${id}: RecordDamaged`, `${id}: StoreUnavailable`]),
      ...ids.flatMap((id) => [`${id}: ${live(id)}`, `${id}: missing`]),
      `2: ${ended('2')}`,
    ])
    t.strictSame(
      [...seen].filter((outcome) => !allowed.has(outcome)),
      [],
      'no other text than those that were written',
    )
    const felt = ['StoreNotOpened', '1: missing', '1: RecordDamaged', '1: StoreUnavailable']
    t.ok(
      felt.some((outcome) => seen.has(outcome)),
      'the damage was felt',
    )
  })
}

t.test('a sign-out that is lost with its log entry brings no session back', async (t) => {
  const { folder, file } = await records(t, 'log')
  const bytes = readFileSync(`${folder}/${file}`)
  const at = bytes.lastIndexOf('false')
  bytes.write('true ', at)
  writeFileSync(`${folder}/${file}`, bytes)

  const url = `level:${folder}`
  const refused = { name: 'StoreNotOpened', message: /^Cannot open the store: .* are damaged, / }
  await t.rejects(openStore(url), refused, 'the server does not start')
  await t.rejects(openStore(url), refused, 'nor does it when it is tried again')
})
