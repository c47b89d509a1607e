import { existsSync } from 'node:fs'
import t from 'tap'
import { temporaryFolder } from './folder.ts'

t.test('a temporary folder', async (t) => {
  let folder = ''
  let seenAtTheEnd = false
  await t.test('has the files it was asked for', async (t) => {
    folder = temporaryFolder(t, { 'a.txt': 'a' })
    t.teardown(() => {
      seenAtTheEnd = existsSync(`${folder}/a.txt`)
    })
    t.ok(existsSync(`${folder}/a.txt`))
  })
  t.ok(seenAtTheEnd, 'is there until what the test began has ended')
  t.notOk(existsSync(folder), 'and then goes')
})
