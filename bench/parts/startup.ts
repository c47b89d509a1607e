import { randomBytes } from 'node:crypto'
import type { Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { startRedis } from '../redis.ts'
import { Running } from '../running.ts'
import { type Store, startSessions } from '../sessions.ts'
import { type Spread, spreadOf } from '../spread.ts'

/** Seconds from the start of the process to its first answer, by the name of the store. */
export type Startup = ReadonlyMap<string, Spread>

/** Each start is a new process, which opens the store and reads the pages. */
export async function measureStartup({ servers, load }: Where, times: number): Promise<Startup> {
  const running = new Running()
  try {
    const secret = randomBytes(32).toString('base64url')
    const folder = running.add(temporaryFolder()).path
    const redis = running.add(await startRedis(load)).url
    const level: number[] = []
    const onRedis: number[] = []
    for (let start = 0; start < times; start += 1) {
      level.push(await secondsToFirstAnswer({ url: `level:${folder}`, secret }, servers))
      onRedis.push(await secondsToFirstAnswer({ url: redis, secret }, servers))
    }
    return new Map([
      ['LevelDB', spreadOf(level)],
      ['Redis', spreadOf(onRedis)],
    ])
  } finally {
    await running.stop()
  }
}

async function secondsToFirstAnswer(store: Store, core: string | undefined): Promise<number> {
  const start = performance.now()
  const server = await startSessions(store, core)
  try {
    const { status } = await fetch(`${server.url}/home`)
    if (status !== 200) throw new Error(`Cannot measure the start: /home answers ${status}`)
    return (performance.now() - start) / 1000
  } finally {
    await server.stop()
  }
}
