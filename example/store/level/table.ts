import { uncompress } from 'snappyjs'
import { crc32c, storedAs } from './crc32c.ts'
import { Fields } from './fields.ts'

// A table is a row of blocks without gaps: the data, a filter, a list of such extras, an index of the data. Then its end.
const endBytes = 48
const magic = 0xdb4775248b80fb57n
/** Behind each block: how it is compressed (1 byte), and the checksum of all that (4). */
const trailerBytes = 5
const snappy = 1
/** What snappy makes of a byte, at most. */
const longest = 64

/**
 * Throws unless every block of this table of LevelDB fits its checksum. LevelDB does not ask when
 * it reads: a block that it cannot make out is passed over, and an older text of a record stands again.
 */
export function proveTable(table: Buffer): void {
  const endAt = table.length - endBytes
  if (endAt < 0 || table.readBigUInt64LE(table.length - 8) !== magic)
    throw new Error('its end is missing')
  const end = new Fields(table.subarray(endAt))
  const extrasAt = end.number()
  const extrasEnd = extrasAt + end.number() + trailerBytes
  const indexAt = end.number()
  const indexEnd = indexAt + end.number() + trailerBytes

  let at = 0
  const ofData = dataEnds(blockOf(table, indexAt, indexEnd))
  for (const next of [...ofData, extrasAt, extrasEnd, indexEnd]) {
    blockOf(table, at, next)
    at = next
  }
}

/** The block that stands here, proven. */
function blockOf(table: Buffer, at: number, next: number): Buffer {
  const block = table.subarray(at, next)
  const summed = block.subarray(0, -4)
  const whole = block.length === next - at && block.length >= trailerBytes
  if (!whole || !storedAs(crc32c(summed), block.readUInt32LE(summed.length)))
    throw new Error('a checksum does not fit')
  return block
}

/** Where each block of data ends. */
function dataEnds(index: Buffer): number[] {
  const stored = index.subarray(0, -trailerBytes)
  const text =
    index.readUInt8(stored.length) === snappy ? uncompress(stored, longest * stored.length) : stored
  const shortcuts = text.readUInt32LE(text.length - 4)
  const fields = new Fields(text.subarray(0, -4 * (shortcuts + 1)))
  const ends: number[] = []
  while (fields.more) {
    fields.skipNumber() // how much of the key is as in the one before
    const keyBytes = fields.number()
    fields.skipNumber() // how long a place and a size are
    fields.skip(keyBytes)
    ends.push(fields.number() + fields.number() + trailerBytes)
  }
  return ends
}
