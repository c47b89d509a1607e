import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { temporaryFolder } from './folder.ts'

/** A disk that can be filled up under a running server, and emptied again. */
export interface FullDisk {
  readonly folder: string
  fill(): void
  makeRoom(): void
}

/** A real file system of this size, which only an administrator can mount; `undefined` for others. */
export function mountedDisk(t: Test, kilobytes: number): FullDisk | undefined {
  const place = temporaryFolder(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place], {
      stdio: 'ignore',
    })
  } catch {
    return undefined
  }
  t.teardown(() => execFileSync('umount', ['--lazy', place]))
  return {
    folder: join(place, 'data'),
    fill: () => fillUp(join(place, 'fill')),
    makeRoom: () => rmSync(join(place, 'fill')),
  }
}

function fillUp(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(1024))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}
