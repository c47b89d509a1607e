import { existsSync, readFileSync } from 'node:fs'

/** What a process has needed so far. */
export interface Usage {
  readonly processorSeconds: number
  readonly residentBytes: number
}

/** Linux tells it of any process that runs; elsewhere this is `undefined`, and the tables have gaps. */
export function usageOf(pid: number): Usage | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined
  // proc_pid_stat(5): fields 14 and 15, counted behind the name, which may hold spaces.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
  const [, kibibytes] =
    /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return {
    processorSeconds: (Number(user) + Number(system)) / ticksPerSecond,
    residentBytes: Number(kibibytes) * 1024,
  }
}

const ticksPerSecond = 100 // USER_HZ, on every architecture that node runs on
