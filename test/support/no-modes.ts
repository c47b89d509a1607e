import fs, { type Stats } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import type { Test } from 'tap'

/** Until the test ends, every file has the mode that the disk gives to all, as on disks of Windows below Linux. */
export function withoutModes(t: Test, mode = 0o777): void {
  const { statSync, chmodSync } = fs
  const replace = (changes: Pick<typeof fs, 'statSync' | 'chmodSync'>) => {
    Object.assign(fs, changes)
    syncBuiltinESMExports()
  }
  const stat = (...args: Parameters<typeof statSync>) => {
    const stats = statSync(...args) as Stats | undefined
    return stats && Object.assign(stats, { mode: (stats.mode & ~0o777) | mode })
  }
  replace({ statSync: stat as typeof statSync, chmodSync: () => {} })
  t.teardown(() => replace({ statSync, chmodSync }))
}
