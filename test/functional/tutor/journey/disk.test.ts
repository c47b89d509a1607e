import t from 'tap'
import { sayError } from '../../../../tutor/journey/disk.ts'

t.test('sayError()', async (t) => {
  const elsewhere = 'Put a clone of the repository where you may write, and start there.'
  const cases: Record<string, string> = {
    EROFS: `this disk can only be read. ${elsewhere}`,
    EACCES: `that is not allowed here. ${elsewhere}`,
    ENOSPC: 'the disk is full. Make room, and try again.',
    ENOTDIR: 'a file stands where a folder should be. Move it away, and start again.',
    EISDIR: 'a folder stands where a file should be. Move it away, and start again.',
    NOT_A_FILE: 'it is not an ordinary file. Move it away, and start again.',
    EFBIG: 'it is larger than 1 MB. Move it away, and start again.',
    ENOENT: 'it is not there. Put it back: git restore lessons',
  }
  for (const [code, said] of Object.entries(cases))
    t.test(`${code}: what happened and the way out`, async (t) => {
      const path = '/x/my/progress.json'
      const error = Object.assign(new Error('…'), { code, path })
      t.equal(sayError(error, '/x'), `Cannot use my/progress.json: ${said}`)
    })
  t.test('without a path: what is in my/', async (t) => {
    const error = Object.assign(new Error('…'), { code: 'EISDIR' })
    t.match(sayError(error, '/x'), /^Cannot use what is in my\/: a folder stands /)
  })
  t.test('any other error in its own words', async (t) => {
    t.equal(sayError(new Error('Cannot find the lessons'), ''), 'Cannot find the lessons')
    t.equal(sayError('thrown', ''), 'thrown')
  })
})
