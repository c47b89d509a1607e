import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { Fields } from '../../../../example/store/level/fields.ts'
import { proveTable } from '../../../../example/store/level/table.ts'
import { namesOf, turned, writtenFolder } from './written.ts'

const wrongSum = { message: 'a checksum does not fit' }
const noEnd = { message: 'its end is missing' }

/** A table of some hundred blocks: enough for LevelDB to compress the index of them, if it may. */
async function tableOf(t: Test, options: { compression?: boolean } = {}): Promise<Buffer> {
  const values = Array.from({ length: 2000 }, (_, n) => `${n} `.repeat(40))
  const folder = await writtenFolder(t, [values, []], options)
  return readFileSync(`${folder}/${namesOf(folder, /\.ldb$/)}`)
}

/** Where the kinds of blocks begin: their places stand in the last bytes of a table. */
function placesIn(table: Buffer) {
  const end = new Fields(table.subarray(-48))
  const extras = end.number()
  end.skipNumber()
  const index = end.number()
  return { data: 0, extras, index, end: table.length - 48 }
}

for (const [what, compression] of Object.entries({ 'as they are': false, compressed: true })) {
  t.test(`a table whose blocks are stored ${what}`, async (t) => {
    const table = await tableOf(t, { compression })
    const { extras, index, end } = placesIn(table)
    t.equal(table.readUInt8(end - 5), compression ? 1 : 0, 'LevelDB wrote its index so')
    proveTable(table)

    const damages = {
      'the first byte of the data': 0,
      'a byte amid the data': Math.floor(extras / 2),
      'the filter': extras - 10,
      'the checksum of the filter': extras - 1,
      'the list of extras': extras,
      'the index': index,
      'how the index is compressed': end - 5,
      'the checksum of the index': end - 1,
      'the place of the extras': end,
      'the size of the extras': end + 3,
      'the place of the index': end + 4,
      'the size of the index': end + 7,
    }
    for (const [what, at] of Object.entries(damages))
      t.throws(() => proveTable(turned(table, at)), wrongSum, what)
  })
}

t.test('any byte from the first data to the places of the blocks', async (t) => {
  const table = await tableOf(t)
  const { end } = placesIn(table)
  for (let at = 0; at < end; at += 997)
    t.throws(() => proveTable(turned(table, at, 0x10)), wrongSum, `at ${at}`)
})

t.test('a sector of zeros', async (t) => {
  const table = await tableOf(t)
  t.throws(() => proveTable(Buffer.from(table).fill(0, 4096, 4608)), wrongSum)
})

t.test('cut off, or with another end: no table', async (t) => {
  const table = await tableOf(t)
  for (const bytes of [0, 20, 48, table.length - 1])
    t.throws(() => proveTable(table.subarray(0, bytes)), noEnd, `${bytes} bytes`)
  t.throws(() => proveTable(turned(table, table.length - 1)), noEnd)
})

t.test('places that lie outside of the file', async (t) => {
  const table = await tableOf(t)
  const { end } = placesIn(table)
  t.throws(() => proveTable(Buffer.from(table).fill(0xff, end, end + 40)), wrongSum)
})
