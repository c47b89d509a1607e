import t from 'tap'
import { sayError } from '../../../example/http/say-error.ts'

t.test('sayError()', async (t) => {
  t.test('tells the kind and the message', async (t) => {
    t.equal(sayError(new RangeError('too far')), 'RangeError: too far')
  })

  t.test('tells the causes, each behind what it caused', async (t) => {
    const disk = new Error('ENOSPC: no space left on device')
    const store = new TypeError('Cannot write', { cause: disk })
    t.equal(sayError(store), 'TypeError: Cannot write (Error: ENOSPC: no space left on device)')
  })

  t.test('tells what was thrown when it is no error', async (t) => {
    t.equal(sayError('a text'), 'a text')
    t.equal(sayError(undefined), 'undefined')
  })

  t.test('tells no stack: paths are nobody else’s business', async (t) => {
    t.notOk(sayError(new Error('x')).includes('\n'))
  })
})
