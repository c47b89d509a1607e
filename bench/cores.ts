import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

/** One core for the servers, another for the load, so that they do not take time from each other. */
export interface Cores {
  readonly servers: string
  /** Redis runs here, too: a server that waits for it must not also make room for it. */
  readonly load: string
  /** A second core for servers; without a third core of the machine there is none. */
  readonly secondForServers: string | undefined
}

/** Cores that this process may use; `undefined` without `taskset` or a second core. */
export function findCores(): Cores | undefined {
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], {
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  const [servers, ...others] = listOf(stdout.slice(stdout.lastIndexOf(':') + 1).trim())
  const load = others.pop()
  if (servers === undefined || load === undefined) return undefined
  return { servers, load, secondForServers: others[0] }
}

/** Moves this process, with all its threads, to one core. */
export function moveTo(core: string): void {
  spawnSync('taskset', ['-acp', core, String(process.pid)])
}

/** The command that runs this one on these cores: `0`, or `0,1`. */
export function onCore(core: string | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '-c', core, ...command]
}

/** The time that a core, or without one every core, has spent so far: by whom does not matter. */
export function timeOf(core: string | undefined): { busy: number; all: number } {
  const cores = cpus()
  const some = core === undefined ? cores : cores.slice(Number(core), Number(core) + 1)
  const idle = some.reduce((sum, { times }) => sum + times.idle, 0)
  const all = some.flatMap(({ times }) => Object.values(times)).reduce((sum, time) => sum + time, 0)
  return { busy: all - idle, all }
}

/** `0,2-4` are the cores 0, 2, 3 and 4. */
function listOf(ranges: string): string[] {
  return ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
  })
}
