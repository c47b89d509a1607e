import { spawnSync } from 'node:child_process'

/** One core for the servers, another for the load, so that they do not take time from each other. */
export interface Cores {
  readonly servers: string
  readonly load: string
}

/** Two of the cores that this process may use; `undefined` without `taskset` or a second core. */
export function twoCores(): Cores | undefined {
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], {
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  const [servers, ...others] = listOf(stdout.slice(stdout.lastIndexOf(':') + 1).trim())
  const load = others.at(-1)
  return servers === undefined || load === undefined ? undefined : { servers, load }
}

/** Moves this process, with all its threads, to one core. */
export function moveTo(core: string): void {
  spawnSync('taskset', ['-acp', core, String(process.pid)])
}

/** `0,2-4` are the cores 0, 2, 3 and 4. */
function listOf(ranges: string): string[] {
  return ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
  })
}
