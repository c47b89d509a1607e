import { existsSync } from 'node:fs'
import { setImmediate as aTurnOfTheLoop } from 'node:timers/promises'
import t from 'tap'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import { proveRoom } from '../../../../example/store/level/room.ts'
import { LevelWrites } from '../../../../example/store/level/writes.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { until } from '../../../support/until.ts'

const one = (key: string) => [{ type: 'del' as const, key }]
const outcome = (write: Promise<void>) =>
  write.then(
    () => 'written',
    (error: unknown) => (error instanceof StoreUnavailable ? error.code : error),
  )

/** Writes to a disk that is full when it is told so, and notices writes that overlap. */
function onDisk(reopens: Array<() => void> = []) {
  const disk = {
    full: false,
    busy: false,
    overlap: false,
    batches: [] as Array<{ keys: string[]; sync: boolean }>,
    reopened: 0,
  }
  const writes = new LevelWrites(
    async (operations, { sync }) => {
      disk.batches.push({ keys: operations.map(({ key }) => key), sync })
      disk.overlap ||= disk.busy
      disk.busy = true
      await aTurnOfTheLoop()
      disk.busy = false
      if (disk.full) throw new Error('No space left on device')
    },
    async () => {
      disk.reopened += 1
      reopens.shift()?.()
    },
  )
  return { disk, writes }
}

t.test(
  'what comes while a batch is under way travels together, as safe as the safest',
  async (t) => {
    const { disk, writes } = onDisk()
    const first = writes.write(one('a'), false)
    await Promise.resolve()
    const [b, c, d] = [false, true, false].map((sync, at) =>
      writes.write(one('bcd'.charAt(at)), sync),
    )
    await Promise.all([first, b, c, d])
    t.strictSame(disk.batches, [
      { keys: ['a'], sync: false },
      { keys: ['b', 'c', 'd'], sync: true },
    ])
    t.notOk(disk.overlap, 'one batch at a time')
  },
)

t.test(
  'after a write that failed none is taken until the files have been opened anew',
  async (t) => {
    const notYet = () => {
      throw new Error('still full')
    }
    const { disk, writes } = onDisk([notYet])
    disk.full = true
    const failed = outcome(writes.write(one('a'), false))
    await Promise.resolve()
    const underWay = outcome(writes.write(one('b'), false))
    t.equal(await failed, 'disk')
    t.equal(await underWay, 'disk')
    t.throws(() => writes.check(), { code: 'disk' })
    disk.full = false
    t.equal(await outcome(writes.write(one('c'), false)), 'disk', 'though there is room')
    t.equal(disk.batches.length, 1, 'the database was not asked')
    await until(
      async () => (await outcome(writes.write(one('d'), true))) === 'written',
      'it is mended',
    )
    t.equal(disk.reopened, 2, 'it tried again')
    t.doesNotThrow(() => writes.check())
    await writes.close()
  },
)

t.test('closing ends the waiting, and nothing is opened after it', async (t) => {
  const { disk, writes } = onDisk()
  disk.full = true
  t.equal(await outcome(writes.write(one('a'), false)), 'disk')
  await writes.close()
  t.equal(disk.reopened, 0)
})

t.test('closing waits for the files that are being opened', async (t) => {
  const opening: Array<() => void> = []
  const failing = async () => {
    throw new Error('No space left on device')
  }
  const writes = new LevelWrites(failing, () => new Promise((opened) => opening.push(opened)))
  t.equal(await outcome(writes.write(one('a'), false)), 'disk')
  await until(() => opening.length, 'it opens them')
  let closed = false
  const closing = writes.close().then(() => {
    closed = true
  })
  await aTurnOfTheLoop()
  t.notOk(closed)
  for (const opened of opening) opened()
  await closing
})

t.test('a write that fails after closing is refused and mends nothing', async (t) => {
  const { disk, writes } = onDisk()
  await writes.close()
  disk.full = true
  t.equal(await outcome(writes.write(one('a'), false)), 'unavailable')
  t.doesNotThrow(() => writes.check())
})

t.test('proving that there is room leaves nothing behind', async (t) => {
  const folder = temporaryFolder(t, { '000003.log': 'an entry' })
  await proveRoom(folder)
  t.notOk(existsSync(`${folder}/room`))
  await t.rejects(proveRoom(`${folder}/missing`), { code: 'ENOENT' })
})
