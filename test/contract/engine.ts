import type { Test } from 'tap'
import type { ListOptions, RecordKey, RecordStore } from '../../example/store/types.ts'

/** One way to keep records, and what engines may differ in. */
export interface Engine {
  /** An empty place for the records of one test: what it gives opens that place, and opens it again. */
  place(t: Test): (() => Promise<RecordStore>) | Promise<() => Promise<RecordStore>>
  /** `sweep` forgets what has expired by the time it is told; an engine with its own clock needs no telling. */
  readonly sweeps: boolean
  /** The records survive closing and opening again. */
  readonly persists: boolean
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
