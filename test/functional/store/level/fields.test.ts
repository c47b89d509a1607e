import t from 'tap'
import { Fields } from '../../../../example/store/level/fields.ts'

t.test('a number of one byte, of two, and of more than 32 bits', async (t) => {
  const fields = new Fields(Buffer.from([0x05, 0x80, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]))
  t.equal(fields.number(), 5)
  t.equal(fields.number(), 128)
  t.equal(fields.number(), 2 ** 35)
  t.equal(fields.more, false)
})

t.test('a number or a text that nobody needs is passed over', async (t) => {
  const fields = new Fields(Buffer.from([0x80, 0x01, 0x02, 0x61, 0x62, 0x07]))
  fields.skipNumber()
  fields.skipText()
  t.equal(fields.more, true)
  t.equal(fields.number(), 7)
})
