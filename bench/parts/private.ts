import { startContestants, type Where } from '../contestants.ts'
import { type Results, runRounds } from '../rounds.ts'
import { Running } from '../running.ts'
import { usageOf } from '../usage.ts'

export interface Private {
  /** By the number of connections. */
  readonly columns: ReadonlyMap<number, Results>
  /** What each server holds in memory when all is over, by its name. */
  readonly residentBytes: ReadonlyMap<string, number>
}

const connectionCounts = [1, 10, 100]

/** How fast is `GET /private`, compared with the least that node can do, and with frameworks? */
export async function measurePrivate(
  where: Where,
  options: { rounds: number; seconds: number },
): Promise<Private> {
  const running = new Running()
  try {
    const contestants = await startContestants(running, where)
    const columns = new Map<number, Results>()
    for (const connections of connectionCounts)
      columns.set(
        connections,
        await runRounds(contestants, { ...options, connections, loadCore: where.load }),
      )
    const residentBytes = contestants.map(({ name, pid }): [string, number] => [
      name,
      usageOf(pid)?.residentBytes ?? Number.NaN,
    ])
    return { columns, residentBytes: new Map(residentBytes) }
  } finally {
    await running.stop()
  }
}
