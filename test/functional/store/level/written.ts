import { readdirSync } from 'node:fs'
import { Level } from 'level'
import type { Test } from 'tap'
import { crc32c, storedAs } from '../../../../example/store/level/crc32c.ts'
import { temporaryFolder } from '../../../support/folder.ts'

/** A folder as LevelDB leaves it when these rounds of writes are done. It makes a table of a log when it opens the next time. */
export async function writtenFolder(
  t: Test,
  rounds: string[][],
  options: { compression?: boolean } = {},
): Promise<string> {
  const folder = `${temporaryFolder(t)}/data`
  for (const values of rounds) await write(folder, values, options)
  return folder
}

async function write(
  folder: string,
  values: string[],
  options: { compression?: boolean },
): Promise<void> {
  const db = new Level<string, string>(folder, options)
  await db.open()
  for (const [index, value] of values.entries()) await db.put(`key-${index}`, value)
  await db.close()
}

export function namesOf(folder: string, kind: RegExp): string[] {
  return readdirSync(folder).filter((name) => kind.test(name))
}

/** The same bytes, but for these bits of one of them. */
export function turned(bytes: Buffer, at: number, bits = 0x01): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ bits, at)
  return copy
}

/** A log with one entry of these bytes, whose checksum fits. */
export function logOfOne(...bytes: number[]): Buffer {
  const log = Buffer.from([0, 0, 0, 0, bytes.length, 0, 1, ...bytes])
  const sum = crc32c(log.subarray(6))
  log.writeUInt32LE((((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0)
  if (!storedAs(sum, log.readUInt32LE())) throw new Error('This is not how a sum is stored')
  return log
}
