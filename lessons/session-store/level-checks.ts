import type { Level } from 'level'
import { disagreement } from '../disagree.ts'
import { Asked } from './asked.ts'
import { Disk } from './disk.ts'
import { inTemporaryFolder } from './folder.ts'
import type { SessionStore } from './types.ts'

interface Lesson {
  createSessions(db: Level<string, string>): SessionStore
}

/** What may happen to the machine that a store is on. Where that has an end, the store is there again. */
interface Machine extends Pick<Disk, 'fill' | 'close' | 'entries'> {
  restart(): Promise<Asked>
  kill(): Promise<Asked>
  cutPower(): Promise<Asked>
}

/** A check of a store on LevelDB, in a folder of its own. */
export function onDisk(check: (sessions: Asked, machine: Machine) => Promise<void>) {
  const place = new Error()
  return async ({ createSessions }: Lesson): Promise<undefined> => {
    const onDb = async (db: Promise<Level<string, string>>) =>
      new Asked(createSessions(await db), () => now)
    await lendDisk(async (disk) => {
      await check(await onDb(disk.open()), {
        restart: () => onDb(disk.restart()),
        kill: () => onDb(disk.kill()),
        cutPower: () => onDb(disk.cutPower()),
        fill: () => disk.fill(),
        close: () => disk.close(),
        entries: () => disk.entries(),
      })
    }, place)
  }
}

/** The time of all checks, unless they name another. */
export const now = 2_000_000_000

/** Lends a disk, and removes what is on it. */
export async function lendDisk(use: (disk: Disk) => Promise<void>, place?: Error): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const disk = new Disk(folder)
    try {
      await use(disk)
    } finally {
      await disk.close()
    }
    if (disk.wroteOn) throw disagreement(lendDisk, endless, { thrown: place })
  })
}

const endless =
  'your store goes on writing after its last answer: is there an end, and is it awaited?'
