import t from 'tap'
import { crc32c, storedAs } from '../../../../example/store/level/crc32c.ts'

t.test('crc32c(): the examples of RFC 3720, appendix B.4', async (t) => {
  t.equal(crc32c(new Uint8Array(32)), 0x8a9136aa)
  t.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43)
  t.equal(crc32c(Uint8Array.from({ length: 32 }, (_, n) => n)), 0x46dd794e)
  t.equal(crc32c(Uint8Array.from({ length: 32 }, (_, n) => 31 - n)), 0x113fdb5c)
})

t.test('crc32c(): goes on from the sum of what came before', async (t) => {
  t.equal(crc32c(Buffer.from('6789'), crc32c(Buffer.from('12345'))), 0xe3069283)
})

t.test('storedAs(): LevelDB turns a sum by fifteen bits, and adds a number', async (t) => {
  t.equal(storedAs(0, 0xa282ead8), true)
  t.equal(storedAs(0x8000, 0xa282ead9), true)
  t.equal(storedAs(0xffffffff, 0xa282ead7), true, 'what does not fit into 32 bits is dropped')
  t.equal(storedAs(1, 0xa282ead8), false)
})
