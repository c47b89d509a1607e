import { createHistogram } from 'node:perf_hooks'
import type { Contestant } from './contestants.ts'
import { timeOf } from './cores.ts'
import { fire, shareOut } from './load.ts'
import { usageOf } from './usage.ts'

export interface Load {
  readonly connections: number
  readonly seconds: number
  /** The core of the load, and of Redis; `undefined` where nothing is pinned. */
  readonly loadCore: string | undefined
}

export interface Measurement {
  readonly answersPerSecond: number
  /** 99 of 100 answers came within this time. */
  readonly p99Milliseconds: number
  /** What the server's process needed of a processor for one answer; not known on every platform. */
  readonly processorMicroseconds: number
  /** How busy the core of the load was, Redis included: near 1, it was the load that could not go faster. */
  readonly loadCoreBusy: number
}

/** Asks for the one page on all connections at once, again and again. */
export async function measure(
  { name, url, pid, credentials, path = '/private', request }: Contestant,
  { connections, seconds, loadCore }: Load,
): Promise<Measurement> {
  const latency = createHistogram() // in microseconds
  let core = timeOf(loadCore)
  let server = usageOf(pid)
  const { first, last, count } = await fire(
    name,
    {
      url: url + path,
      connections,
      duration: seconds,
      setupClient: shareOut(credentials, connections, { path, ...request }),
    },
    {
      onFirst() {
        core = timeOf(loadCore)
        server = usageOf(pid)
      },
      onAnswer: (milliseconds) => latency.record(Math.max(1, Math.round(milliseconds * 1000))),
    },
  )
  const { busy, all } = timeOf(loadCore)
  const used = (usageOf(pid)?.processorSeconds ?? Number.NaN) - (server?.processorSeconds ?? 0)
  return {
    answersPerSecond: (count / (last - first)) * 1000,
    p99Milliseconds: latency.percentile(99) / 1000,
    processorMicroseconds: (used * 1e6) / count,
    loadCoreBusy: (busy - core.busy) / (all - core.all),
  }
}
