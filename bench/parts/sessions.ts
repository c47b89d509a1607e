import { randomBytes } from 'node:crypto'
import { type Contestant, names, startBare, type Where } from '../contestants.ts'
import { bytesIn, temporaryFolder } from '../folder.ts'
import { type Population, populate } from '../population.ts'
import { progress } from '../progress.ts'
import { startRedis } from '../redis.ts'
import { type Results, runRounds } from '../rounds.ts'
import { Running } from '../running.ts'
import { type Store, startSessions } from '../sessions.ts'
import { measureTurnover, type Turnover } from '../turnover.ts'
import { usageOf } from '../usage.ts'

/** What was measured with so many sessions in the store. */
export interface SessionCount {
  readonly count: number
  /** `GET /private` on 100 connections, of the bare server and of ours. */
  readonly results: Results
  /** By the name of our server on that store. */
  readonly stores: ReadonlyMap<string, StoreFigures>
}

interface StoreFigures extends Turnover, Omit<Population, 'credentials'> {
  /** In the files of LevelDB, or in the memory of Redis. */
  readonly bytesPerSession: number
  /** Of the server's process, after the load. */
  readonly residentBytes: number
}

/** How much slower is a server that knows a thousand times as many sessions? */
export async function measureSessionCount(
  count: number,
  { servers, load }: Where,
  options: { rounds: number; seconds: number },
): Promise<SessionCount> {
  const running = new Running()
  try {
    progress(`filling two stores with ${count} sessions each`)
    const secret = randomBytes(32).toString('base64url')
    const folder = running.add(temporaryFolder()).path
    const redis = running.add(await startRedis(load))
    const empty = await redis.usedBytes()
    const filled = [
      await fillAndServe(names.level, { url: `level:${folder}`, secret }),
      await fillAndServe(names.redis, { url: redis.url, secret }),
    ] as const
    const bytes = [bytesIn(folder), (await redis.usedBytes()) - empty]
    const [level] = filled

    const bare = await startBare(running, level.contestant, servers)
    const contestants = [bare, ...filled.map(({ contestant }) => contestant)]
    const results = await runRounds(contestants, { ...options, connections: 100, loadCore: load })

    const stores = new Map<string, StoreFigures>()
    for (const [index, { contestant, population }] of filled.entries()) {
      progress(`signing in and out, ${contestant.name}`)
      const residentBytes = usageOf(contestant.pid)?.residentBytes ?? Number.NaN
      const amount = Math.min(count, 5000)
      const turnover = await measureTurnover(contestant.url, { ...options, amount })
      const bytesPerSession = (bytes[index] ?? Number.NaN) / count
      stores.set(contestant.name, { ...population, ...turnover, bytesPerSession, residentBytes })
    }
    return { count, results, stores }
  } finally {
    await running.stop()
  }

  async function fillAndServe(name: string, store: Store) {
    const { credentials, ...population } = await populate(store, count)
    const server = running.add(await startSessions(store, servers))
    const contestant: Contestant = { ...server, name, credentials }
    return { contestant, population }
  }
}
