import t from 'tap'
import { show } from '../../../example/token/show.ts'

t.test('show()', async (t) => {
  t.test('writes a value as JSON, so that a text and a number look different', async (t) => {
    t.equal(show('1'), '"1"')
    t.equal(show(1), '1')
    t.equal(show(null), 'null')
    t.equal(show(['a']), '["a"]')
  })

  t.test('a number that JavaScript cannot hold is not null', async (t) => {
    t.equal(show(JSON.parse('1e400')), 'Infinity')
  })

  t.test('says when there is none', async (t) => {
    t.equal(show(undefined), 'absent')
  })
})
