import { randomBytes, randomUUID } from 'node:crypto'
import { open, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** What LevelDB writes when it opens, beside a table of all that its log holds. */
const beginningBytes = 64 * 1024

/**
 * Rejects when the disk has no room to open the files in this folder anew: once they are closed,
 * nobody can look anything up. By writing, since quotas and broken disks answer to nothing else.
 */
export async function proveRoom(folder: string): Promise<void> {
  const path = join(folder, `room-${randomUUID()}`)
  const file = await open(path, 'wx', 0o600) // never one that somebody else has put there
  try {
    await unlink(path) // it lives on while it is open, and is not left behind by a process that is killed
    await file.writeFile(randomBytes(beginningBytes + (await logBytes(folder))))
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function logBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder))
    if (name.endsWith('.log')) bytes += (await stat(join(folder, name))).size
  return bytes
}
