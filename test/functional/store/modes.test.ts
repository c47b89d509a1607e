import { readdirSync } from 'node:fs'
import t from 'tap'
import { keepsModes, obeysChmod } from '../../../example/store/modes.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { replaceInFs, withoutModes } from '../../support/no-modes.ts'

t.test('a disk that keeps modes, and where nothing is left behind', async (t) => {
  const folder = temporaryFolder(t)
  t.equal(keepsModes(folder), true)
  t.equal(obeysChmod(folder), true)
  t.same(readdirSync(folder), [])
})

t.test('a disk that gives every file the same mode', async (t) => {
  const folder = temporaryFolder(t)
  withoutModes(t)
  t.equal(keepsModes(folder), false)
  t.equal(obeysChmod(folder), false)
  t.same(readdirSync(folder), [])
})

t.test('one that keeps what a file is made with, and nothing else', async (t) => {
  const folder = temporaryFolder(t)
  for (const chmod of [
    () => {},
    () => {
      throw new Error('EPERM: operation not permitted, chmod')
    },
  ])
    t.test(`${chmod}`, async (t) => {
      replaceInFs(t, { chmodSync: chmod })
      t.equal(keepsModes(folder), true)
      t.equal(obeysChmod(folder), false)
      t.same(readdirSync(folder), [])
    })
})

t.test('a folder in which nothing can be written tells nothing of modes', async (t) => {
  t.equal(obeysChmod(`${temporaryFolder(t)}/not-there`), true)
})
