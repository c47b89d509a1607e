import { readFileSync } from 'node:fs'
import { Level } from 'level'
import t, { type Test } from 'tap'
import { liveFiles } from '../../../../example/store/level/manifest.ts'
import { until } from '../../../support/until.ts'
import { logOfOne, namesOf, turned, writtenFolder } from './written.ts'

function manifestIn(folder: string): Buffer {
  return readFileSync(`${folder}/${namesOf(folder, /^MANIFEST/)}`)
}

async function namesTheFiles(t: Test, folder: string): Promise<void> {
  const { log, tables } = liveFiles(manifestIn(folder))
  const numbers = (kind: RegExp) => namesOf(folder, kind).map((name) => Number.parseInt(name, 10))
  t.strictSame([log], numbers(/\.log$/))
  t.strictSame([...tables].sort(), numbers(/\.ldb$/).sort())
}

t.test('names the log and the tables that are there', async (t) => {
  await namesTheFiles(t, await writtenFolder(t, [['a']]))
  await namesTheFiles(t, await writtenFolder(t, [['a'], ['b'], ['c']]))
})

t.test('names them when LevelDB has made one table of many', async (t) => {
  const rounds = 4 // as many tables make LevelDB begin
  const folder = await writtenFolder(t, Array(rounds).fill(['a', 'b']))
  const db = new Level(folder)
  await db.open()
  await until(() => namesOf(folder, /\.ldb$/).length < rounds, 'the tables are one')
  await db.close()
  await namesTheFiles(t, folder)
})

t.test('damaged: any byte of it', async (t) => {
  const manifest = manifestIn(await writtenFolder(t, [['a'], ['b']]))
  for (let at = 0; at < manifest.length; at += 1)
    t.throws(() => liveFiles(turned(manifest, at)), /entry|checksum/, `at ${at}`)
})

t.test('cut off so that it names no log: damaged, CURRENT would not name it yet', async (t) => {
  const manifest = manifestIn(await writtenFolder(t, [['a']]))
  for (const bytes of [0, 20, 40])
    t.throws(() => liveFiles(manifest.subarray(0, bytes)), { message: 'its beginning is missing' })
})

t.test('a change that no LevelDB of today writes: nobody can read on', async (t) => {
  t.throws(() => liveFiles(logOfOne(8, 8)), { message: 'a change is of no known kind' })
  t.strictSame(liveFiles(logOfOne(2, 8)).log, 8, 'though the entry is made as others are')
})
