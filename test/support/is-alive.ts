import { spawnSync } from 'node:child_process'

/** Whether a process runs: one that has ended may still be in the list, as a zombie. */
export function isAlive(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout)
}
