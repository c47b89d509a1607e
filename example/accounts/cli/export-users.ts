import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Users } from '../user.ts'
import { writeLine } from './user-line.ts'

/** Writes all users, a line for each. Gives the exit code: 1 where a record cannot be read, since then some are missing. */
export async function exportUsers(
  users: Pick<Users, 'all'>,
  { stdout, stderr }: { stdout: Writable; stderr: Writable },
): Promise<0 | 1> {
  let count = 0
  const damaged: string[] = []
  async function* lines(): AsyncIterable<string> {
    for await (const { id, record } of users.all()) {
      if (record === undefined) {
        damaged.push(id)
        continue
      }
      count += 1
      yield writeLine(record)
    }
  }
  await pipeline(Readable.from(lines()), stdout, { end: false })
  for (const id of damaged) stderr.write(`Cannot export ${id}: the record is damaged\n`)
  const exported = `Exported ${count} ${count === 1 ? 'user' : 'users'}`
  stderr.write(`${exported}. A password can be guessed from its hash: chmod 600 the file\n`)
  return damaged.length === 0 ? 0 : 1
}
