// The machine of lesson 9: a real LevelDB that can be restarted, killed and cut from its power.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Disk } from '../../lessons/session-store/disk.ts'
import { inTemporaryFolder } from '../../lessons/session-store/folder.ts'
import { lendDisk } from '../../lessons/session-store/level-checks.ts'

const keysOf = async (disk: Disk) => (await disk.entries()).map(([key]) => key)

t.test('a restart keeps everything, also what is still being written', async (t) => {
  await lendDisk(async (disk) => {
    const db = await disk.open()
    await db.put('waited for', '')
    const late = db.put('not waited for', '')
    await disk.restart()
    await late
    t.same(await keysOf(disk), ['not waited for', 'waited for'])
  })
})

t.test('a killed process leaves what was written, and nothing is written after it', async (t) => {
  await lendDisk(async (disk) => {
    const db = await disk.open()
    await db.put('waited for', '')
    void db.put('not waited for', '', { sync: true })
    await disk.kill()
    t.same(await keysOf(disk), ['waited for'])
  })
})

t.test('a power failure leaves what was flushed, and what stood before that', async (t) => {
  await lendDisk(async (disk) => {
    const db = await disk.open()
    await db.put('1', '')
    await db.put('2, flushed', '', { sync: true })
    await db.del('1')
    await db.put('3', '')
    await disk.cutPower()
    t.same(await keysOf(disk), ['1', '2, flushed'])
    await disk.cutPower()
    t.same(await keysOf(disk), ['1', '2, flushed'], 'and the next one no more')
  })
})

t.test('however it is written: one by one, in a batch, in a chain, in a sublevel', async (t) => {
  const writes: Record<
    string,
    (db: Awaited<ReturnType<Disk['open']>>, sync: boolean) => Promise<void>
  > = {
    put: (db, sync) => db.put('key', '', { sync }),
    batch: (db, sync) => db.batch([{ type: 'put', key: 'key', value: '' }], { sync }),
    chain: (db, sync) => db.batch().put('key', '').write({ sync }),
    sublevel: (db, sync) => db.sublevel('s').put('key', '', { sync } as object),
  }
  for (const [what, write] of Object.entries(writes))
    await lendDisk(async (disk) => {
      await write(await disk.open(), false)
      const db = await disk.cutPower()
      t.equal((await keysOf(disk)).length, 0, `${what}: lost`)
      await write(db, true)
      const again = await disk.cutPower()
      t.equal((await keysOf(disk)).length, 1, `${what}: flushed`)
      disk.fill()
      await t.rejects(write(again, true), `${what}: no room`)
    })
})

const ours = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`learn-json-web-tokens-${process.pid}-`))

t.test('nothing is left, also after an error', async (t) => {
  await t.rejects(
    lendDisk(async (disk) => {
      await disk.open()
      t.equal(ours().length, 1)
      throw new Error('a check that fails')
    }),
  )
  t.same(ours(), [])
})

t.test('a folder of somebody who was killed goes, and one that is used stays', async (t) => {
  const left = join(tmpdir(), 'learn-json-web-tokens-99999999-abcdef') // no system has so many processes
  mkdirSync(left, { recursive: true })
  await inTemporaryFolder(async (used) => {
    t.notOk(existsSync(left))
    await inTemporaryFolder(async () => t.ok(existsSync(used)))
  })
})
