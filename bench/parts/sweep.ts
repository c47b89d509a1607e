import type { Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { run } from '../process.ts'

export interface Sweep {
  readonly records: number
  readonly seconds: number
  readonly longestPauseMilliseconds: number
}

/** Forgets records that have all expired, in a process of its own, and looks how long it holds the event loop. */
export async function measureSweep({ servers }: Where, records: number): Promise<Sweep> {
  const folder = temporaryFolder()
  try {
    const file = new URL('../servers/sweep.ts', import.meta.url)
    const env = { STORE_URL: `level:${folder.path}`, COUNT: String(records) }
    const { forgotten, ...figures } = JSON.parse(await run(file, servers, env))
    if (forgotten !== records)
      throw new Error(`Cannot measure the sweep: it forgot ${forgotten} of ${records} records`)
    return { records, ...figures }
  } finally {
    await folder.stop()
  }
}
