import { MemoryLevel } from 'memory-level'
import { type Database, LevelStore } from '../../../example/store/level/store.ts'

/** A store over a database in memory that writes down what it is asked, and breaks or waits where the test wants. */
export async function spiedStore(
  broken: { [Method in keyof Database]?: () => never } = {},
  beforeWriting: () => Promise<unknown> = async () => {},
  reopen?: () => Promise<void>,
) {
  const level = new MemoryLevel<string, string>()
  await level.open()
  const written: Array<{ keys: string[]; sync: boolean }> = []
  const asked: string[] = []
  const db: Database = {
    open: () => level.open(),
    getSync: (key) => level.getSync(key),
    batch() {
      const chain = level.batch()
      const keys: string[] = []
      return {
        put(key, value) {
          keys.push(`put ${key}`)
          chain.put(key, value)
        },
        del(key) {
          keys.push(`del ${key}`)
          chain.del(key)
        },
        async write(options) {
          await beforeWriting()
          written.push({ keys, ...options })
          await chain.write()
        },
      }
    },
    iterator: (range) => level.iterator(range),
    keys(range) {
      asked.push(`${range.gt} to ${range.lt}, ${range.limit}`)
      return level.keys(range)
    },
    close: () => level.close(),
    ...broken,
  }
  return { store: new LevelStore(db, reopen), level, written, asked }
}
