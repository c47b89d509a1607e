import { crc32c, storedAs } from './crc32c.ts'

// A log is a row of blocks. In each stand parts of entries: checksum (4 bytes), length (2), type (1), and the text.
const blockBytes = 32 * 1024
const headerBytes = 7
const Type = { full: 1, first: 2, middle: 3, last: 4 }

/**
 * The entries of a log of LevelDB, but for one that was cut off at the end: nobody was told that it is safe.
 * Throws where LevelDB might pass over an entry without a word.
 */
export function* logEntries(log: Buffer): Generator<Buffer> {
  let parts: Buffer[] = []
  for (let start = 0; start < log.length; start += blockBytes) {
    for (const { type, text } of partsOf(log.subarray(start, start + blockBytes))) {
      const begins = type === Type.full || type === Type.first
      if (begins !== (parts.length === 0)) throw new Error('a part of an entry stands alone')
      parts.push(text)
      if (type === Type.first || type === Type.middle) continue
      yield Buffer.concat(parts)
      parts = []
    }
  }
}

function* partsOf(block: Buffer): Generator<{ type: number; text: Buffer }> {
  let at = 0
  while (at + headerBytes <= block.length) {
    const sum = block.readUInt32LE(at)
    const end = at + headerBytes + block.readUInt16LE(at + 4)
    const type = block.readUInt8(at + 6)
    const summed = block.subarray(at + 6, end) // the type, and the text
    if (end > block.length) {
      const isCut = block.length < blockBytes && type >= Type.full && type <= Type.last
      if (isCut && !isWhole(summed, sum) && !hasEntry(block.subarray(at + 1))) return
      throw new Error('the length of an entry is wrong')
    }
    if (!storedAs(crc32c(summed), sum)) throw new Error('a checksum does not fit')
    yield { type, text: summed.subarray(1) }
    at = end
  }
}

/** Whether what seems to be cut off is there, and only its length is damaged: its checksum fits a part of what follows. */
function isWhole(rest: Buffer, stored: number): boolean {
  let sum = 0
  for (let at = 0; at < rest.length; at += 1) {
    sum = crc32c(rest.subarray(at, at + 1), sum)
    if (storedAs(sum, stored)) return true
  }
  return false
}

/** Whether a whole entry stands anywhere in it: behind a true cut there is none. */
function hasEntry(rest: Buffer): boolean {
  for (let at = 0; at + headerBytes <= rest.length; at += 1) {
    const end = at + headerBytes + rest.readUInt16LE(at + 4)
    const type = rest.readUInt8(at + 6)
    if (type < Type.full || type > Type.last || end > rest.length) continue
    if (storedAs(crc32c(rest.subarray(at + 6, end)), rest.readUInt32LE(at))) return true
  }
  return false
}
