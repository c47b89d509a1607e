import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { logEntries } from '../../../../example/store/level/log.ts'
import { namesOf, turned, writtenFolder } from './written.ts'

const blockBytes = 32 * 1024
const headerBytes = 7

/** What LevelDB has kept of these values: an entry each, in one log. */
async function logOf(t: Test, values: string[]): Promise<Buffer> {
  const folder = await writtenFolder(t, [values])
  return readFileSync(`${folder}/${namesOf(folder, /\.log$/)}`)
}

function valuesIn(log: Buffer): string[] {
  return [...logEntries(log)].map((entry) => /[a-z]+$/.exec(entry.toString('latin1'))?.[0] ?? '')
}

const short = ['a', 'bb', 'ccc'].map((text) => text.repeat(20))
const long = 'abcdefghij'.repeat(8_000) // from the first block into the third
const wrongLength = { message: 'the length of an entry is wrong' }
const wrongSum = { message: 'a checksum does not fit' }
const alone = { message: 'a part of an entry stands alone' }

t.test('gives back every entry that LevelDB wrote, long ones too', async (t) => {
  t.strictSame(valuesIn(await logOf(t, short)), short)
  t.strictSame(valuesIn(await logOf(t, [...short, long, ...short])), [...short, long, ...short])
  t.strictSame(valuesIn(Buffer.alloc(0)), [], 'none of a log that has just begun')
})

t.test('cut off anywhere, as by kill -9: the entries that are whole', async (t) => {
  const log = await logOf(t, short)
  const found = new Set<number>()
  for (let bytes = 0; bytes < log.length; bytes += 1) {
    const values = valuesIn(log.subarray(0, bytes))
    if (values.some((value, index) => value !== short[index])) t.fail(`cut after ${bytes}`)
    found.add(values.length)
  }
  t.strictSame([...found], [0, 1, 2])

  const withLong = await logOf(t, [...short, long])
  for (const bytes of [100, blockBytes - 1, blockBytes, blockBytes + 3, 2 * blockBytes + 9])
    t.strictSame(valuesIn(withLong.subarray(0, Math.max(bytes, 300))), short, `after ${bytes}`)
})

t.test('any bit of the length of any entry is turned: damaged', async (t) => {
  const log = await logOf(t, short)
  for (let at = 0; at < log.length; at += headerBytes + log.readUInt16LE(at + 4)) {
    for (let bit = 0; bit < 16; bit += 1) {
      const copy = turned(log, at + 4 + (bit >> 3), 1 << (bit & 7))
      t.throws(() => valuesIn(copy), { message: /^(the length|a checksum)/ }, `${at}, bit ${bit}`)
    }
  }
  t.throws(
    () => valuesIn(turned(log, 5, 0x80)),
    wrongLength,
    'the first seems to be longer than all',
  )
})

t.test('length and checksum are damaged together, and others stand behind: damaged', async (t) => {
  const log = await logOf(t, short)
  for (const [from, to] of [
    [5, 7],
    [3, 6],
    [0, 7],
    [0, log.length],
  ] as const)
    t.throws(() => valuesIn(Buffer.from(log).fill(0xff, from, to)), wrongLength, `${from} to ${to}`)
})

t.test('an entry that would leave a full block: damaged, nothing was cut off there', async (t) => {
  const log = await logOf(t, [...short, long])
  t.throws(() => valuesIn(turned(log, 5, 0x80).subarray(0, blockBytes)), wrongLength)
})

t.test('a byte of an entry, its kind or its checksum is turned: damaged', async (t) => {
  const log = await logOf(t, short)
  for (const at of [0, 6, 7, 30, log.length - 1])
    t.throws(() => valuesIn(turned(log, at)), wrongSum, `at ${at}`)
})

t.test('zeros in the place of entries: damaged, though LevelDB passes over them', async (t) => {
  const log = await logOf(t, [...short, long])
  t.throws(() => valuesIn(Buffer.alloc(log.length)), wrongSum)
  t.throws(() => valuesIn(Buffer.from(log).fill(0, blockBytes, 2 * blockBytes)), wrongSum)
})

t.test('a part of a long entry without its beginning, or without its end: damaged', async (t) => {
  const log = await logOf(t, [...short, long])
  t.throws(() => valuesIn(log.subarray(blockBytes)), alone)
  const other = await logOf(t, short)
  t.throws(() => valuesIn(Buffer.concat([log.subarray(0, blockBytes), other])), alone)
})
