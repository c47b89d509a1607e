import type { Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import type { ListOptions, RecordKey, RecordStore } from '../../example/store/types.ts'
import { temporaryFolder } from '../support/folder.ts'
import type { RedisServer } from '../support/redis.ts'

/** One way to keep records, and what engines may differ in. */
export interface Engine {
  /** An empty place for the records of one test: what it gives opens that place, and opens it again. */
  place(t: Test): (() => Promise<RecordStore>) | Promise<() => Promise<RecordStore>>
  /** `sweep` forgets what has expired by the time it is told; an engine with its own clock needs no telling. */
  readonly sweeps: boolean
  /** The records survive closing and opening again. */
  readonly persists: boolean
}

type Open = (url: string) => Promise<RecordStore>

export function inMemory(open: Open = openStore): Engine {
  return { place: () => () => open('memory:'), sweeps: true, persists: false }
}

export function inLevel(open: Open = openStore): Engine {
  const place = (t: Test) => {
    const url = `level:${temporaryFolder(t)}/records`
    return () => open(url)
  }
  return { place, sweeps: true, persists: true }
}

/** In Redis: its masters are emptied before each test. */
export function inRedis(masters: readonly RedisServer[], open: () => Promise<RecordStore>): Engine {
  const place = async () => {
    await Promise.all(masters.map((master) => master.command('FLUSHALL')))
    return open
  }
  return { place, sweeps: false, persists: true }
}

/** One sentence of the contract, with a store that nobody has used. */
type Promised = (sentence: string, body: (t: Test, store: RecordStore) => Promise<void>) => void

export function promising(t: Test, engine: Engine): Promised {
  return (sentence, body) =>
    void t.test(sentence, async (t) => {
      const open = await engine.place(t)
      const store = await open()
      t.teardown(() => store.close())
      await body(t, store)
    })
}

export function session(id: string, owner = 'ada'): RecordKey {
  return { kind: 'session', owner, id }
}

export async function listed(
  store: RecordStore,
  kind: string,
  owner: string,
  options?: ListOptions,
) {
  const records = []
  for await (const record of store.list(kind, owner, options)) records.push(record)
  return records
}

/** `count` different texts, to race with. */
export function texts(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `text ${n}`)
}
