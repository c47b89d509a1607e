import type { Contestant } from './contestants.ts'
import { type Measurement, measure } from './measure.ts'

/** What was measured of each contestant, by name: one measurement a round. */
export type Results = ReadonlyMap<string, readonly Measurement[]>

/**
 * Measures all contestants in each round, so that a slow minute of the machine hurts them alike;
 * the first of one round is the last of the next, so that no place in the row is an advantage.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  { rounds, seconds, connections }: { rounds: number; seconds: number; connections: number },
): Promise<Results> {
  const results = new Map(contestants.map(({ name }): [string, Measurement[]] => [name, []]))
  for (const contestant of contestants)
    await measure(contestant, { connections, seconds: warmUpSeconds })

  const order = [...contestants]
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of order) {
      const measurement = await measure(contestant, { connections, seconds })
      results.get(contestant.name)?.push(measurement)
    }
    order.push(...order.splice(0, 1))
  }
  return results
}

const warmUpSeconds = 2
