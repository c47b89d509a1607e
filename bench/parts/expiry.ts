import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../../example/store/open.ts'
import type { Where } from '../contestants.ts'
import { fill, now, patient } from '../population.ts'
import { progress } from '../progress.ts'
import { startRedis } from '../redis.ts'
import { Running } from '../running.ts'

export interface Expiry {
  readonly records: number
  readonly seconds: number
  /** Of a look-up by somebody else, meanwhile. */
  readonly longestAnswerMilliseconds: number
}

const ofSomebodyElse = { kind: 'session', owner: 'somebody-else', id: 'none' }

/**
 * Redis forgets by itself: how long does it keep others waiting when all records expire in one second?
 * `undefined` where filling it took longer than the records live.
 */
export async function measureExpiry({ load }: Where, records: number): Promise<Expiry | undefined> {
  const running = new Running()
  try {
    progress(`filling Redis with ${records} sessions that end together`)
    const redis = running.add(await startRedis(load))
    const store = await openStore(redis.url, { redis: patient })
    running.add({ stop: () => store.close() })
    const lifetimeSeconds = 5 + Math.ceil(records / 15_000)
    const start = now()
    await fill(store, { count: records, lifetimeSeconds, now: start })
    const left = start + lifetimeSeconds - Date.now() / 1000
    if (left < 0) return undefined

    await wait(left * 1000)
    const expired = performance.now()
    let longestAnswerMilliseconds = 0
    while ((await redis.keys()) > 0) {
      for (let times = 0; times < 50; times += 1) {
        const asked = performance.now()
        await store.get(ofSomebodyElse)
        longestAnswerMilliseconds = Math.max(longestAnswerMilliseconds, performance.now() - asked)
        await wait(1)
      }
    }
    const seconds = (performance.now() - expired) / 1000
    return { records, seconds, longestAnswerMilliseconds }
  } finally {
    await running.stop()
  }
}
