import autocannon from 'autocannon'
import type { Contestant } from './contestants.ts'

export interface Measurement {
  readonly answersPerSecond: number
  /** How much of its core the load itself needed: near 1, it was the load that could not go faster. */
  readonly loadBusy: number
}

/** Asks for the private page on all connections at once, again and again. */
export async function measure(
  { name, url, token }: Contestant,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measurement> {
  const before = process.cpuUsage()
  const result = await autocannon({
    url: `${url}/private`,
    headers: { authorization: `Bearer ${token}` },
    connections,
    duration: seconds,
  })
  const { '2xx': good, non2xx, errors, timeouts, duration } = result
  // Refusals are quick to write: a benchmark of them would be fast, and worthless.
  if (good === 0 || non2xx + errors + timeouts > 0)
    throw new Error(
      `Cannot measure ${name}: ${good} good answers, ${non2xx} refusals, ${errors} errors, ${timeouts} timeouts`,
    )
  const { user, system } = process.cpuUsage(before)
  return { answersPerSecond: good / duration, loadBusy: (user + system) / 1e6 / duration }
}
