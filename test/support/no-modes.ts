import fs, { type Stats } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import type { Test } from 'tap'

/** Until the test ends, every file has the mode that the disk gives to all, as on disks of Windows below Linux. */
export function withoutModes(t: Test, mode = 0o777): void {
  const { statSync } = fs
  const stat = (...args: Parameters<typeof statSync>) => {
    const stats = statSync(...args) as Stats | undefined
    return stats && Object.assign(stats, { mode: (stats.mode & ~0o777) | mode })
  }
  replaceInFs(t, { statSync: stat as typeof statSync, chmodSync: () => {} })
}

/** Until the test ends, these functions of node:fs are others. */
export function replaceInFs(t: Test, changes: Partial<typeof fs>): void {
  const replace = (changes: Partial<typeof fs>) => {
    Object.assign(fs, changes)
    syncBuiltinESMExports()
  }
  const names = Object.keys(changes) as Array<keyof typeof fs>
  const before = Object.fromEntries(names.map((name) => [name, fs[name]]))
  replace(changes)
  t.teardown(() => replace(before))
}
