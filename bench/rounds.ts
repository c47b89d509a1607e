import type { Contestant } from './contestants.ts'
import { type Load, type Measurement, measure } from './measure.ts'
import { onceMore } from './once-more.ts'
import { progress } from './progress.ts'
import { type Spread, spreadOf } from './spread.ts'

/** What was measured of each contestant, by name: one measurement a round. */
export type Results = ReadonlyMap<string, readonly Measurement[]>

/**
 * Measures all contestants in each round, so that a slow minute of the machine hurts them alike;
 * the first of one round is the last of the next, so that no place in the row is an advantage.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  { rounds, ...load }: Load & { rounds: number },
): Promise<Results> {
  const results = new Map(contestants.map(({ name }): [string, Measurement[]] => [name, []]))
  progress(`${contestants.length} servers, connections: ${load.connections}, warming up`)
  for (const contestant of contestants) await onceMore(() => measure(contestant, load))

  const order = [...contestants]
  // Whoever has had nothing to do for forty seconds is slow for a second or two: V8 gives up some of what it compiled (PROFILE.md).
  const warmUp = { ...load, seconds: Math.min(load.seconds, warmUpSeconds) }
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${contestants.length} servers, connections: ${load.connections}, round ${round}`)
    for (const contestant of order) {
      await onceMore(() => measure(contestant, warmUp))
      results.get(contestant.name)?.push(await onceMore(() => measure(contestant, load)))
    }
    order.push(...order.splice(0, 1))
  }
  return results
}

const warmUpSeconds = 2

/** One figure of one contestant, divided round by round by that of another. */
export function ratioOf(
  results: Results,
  name: string,
  base: string,
  figure: keyof Measurement = 'answersPerSecond',
): Spread {
  const own = results.get(name) ?? []
  const others = results.get(base) ?? []
  return spreadOf(own.map((one, round) => one[figure] / (others[round]?.[figure] ?? Number.NaN)))
}

/** One figure of one contestant over all rounds. */
export function figureOf(results: Results, name: string, figure: keyof Measurement): Spread {
  return spreadOf((results.get(name) ?? []).map((one) => one[figure]))
}
