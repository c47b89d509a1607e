/** What V8 writes with `--cpu-prof`, as far as it is needed here. Times are in microseconds. */
export interface CpuProfile {
  readonly startTime: number
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The time that was spent within the window, by the place of the code, without the time of waiting. */
export function timeByPlace(
  { startTime, nodes, samples, timeDeltas }: CpuProfile,
  { start, end }: { start: number; end: number },
): Map<string, number> {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const times = new Map<string, number>()
  let time = startTime
  for (const [index, node] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0
    time += delta
    const place = places.get(node)
    if (time < start || time > end || place === undefined) continue
    times.set(place, (times.get(place) ?? 0) + delta)
  }
  return times
}

/** A file of ours, a package, or node itself; `undefined` while there was nothing to do. */
function placeOf({ functionName, url }: { functionName: string; url: string }): string | undefined {
  if (functionName === '(idle)') return undefined
  const [, ours] = /\/(example\/[\w./-]+)/.exec(url) ?? []
  const [, installed] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  if (ours !== undefined || installed !== undefined) return ours ?? installed
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (/^write/.test(functionName) && url === '') return 'the system: writing to sockets'
  if (url.startsWith('node:zlib')) return 'node: zlib, the checksum of a record'
  if (url.startsWith('node:')) return 'node: http, streams, timers'
  return 'node: what is built in'
}
