import { randomBytes } from 'node:crypto'
import { signIn } from '../client.ts'
import type { Contestant } from '../contestants.ts'
import type { Cores } from '../cores.ts'
import { startRedis } from '../redis.ts'
import { type Results, runRounds } from '../rounds.ts'
import { Running } from '../running.ts'
import { startSessions } from '../sessions.ts'

export const workerNames = { one: 'one worker', two: 'two workers' } as const

/** What does a second worker process bring? `undefined` where there is no second free core for it. */
export async function measureWorkers(
  cores: Cores | undefined,
  options: { rounds: number; seconds: number },
): Promise<Results | undefined> {
  if (cores?.secondForServers === undefined) return undefined
  const servers = `${cores.servers},${cores.secondForServers}`
  const running = new Running()
  try {
    const secret = randomBytes(32).toString('base64url')
    const { url } = running.add(await startRedis(cores.load))
    const contestants: Contestant[] = []
    for (const [name, WORKERS] of [
      [workerNames.one, '1'],
      [workerNames.two, '2'],
    ] as const) {
      const server = running.add(await startSessions({ url, secret }, servers, { WORKERS }))
      contestants.push({ ...server, name, credentials: [await signIn(server.url)] })
    }
    return await runRounds(contestants, { ...options, connections: 100, loadCore: cores.load })
  } finally {
    await running.stop()
  }
}
