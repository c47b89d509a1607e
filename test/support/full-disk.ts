import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { findProgram } from '../../scripts/find-program.ts'
import { temporaryFolder } from './folder.ts'
import type { ServerProcess } from './process.ts'

/** A disk that can be filled up under a running server, and emptied again. */
export interface FullDisk {
  readonly folder: string
  fill(server: ServerProcess): void
  makeRoom(server: ServerProcess): void
}

/** Why no disk can be filled up here, or `false`: made for `skip`. With CI=true nothing is skipped. */
export function limitMissing(): string | false {
  if (process.env.CI === 'true' || findProgram('prlimit') !== undefined) return false
  return 'no prlimit was found. It comes with Linux (util-linux)'
}

/**
 * No file of the server may grow beyond its log and some bytes: the next write takes half an entry, as on a
 * disk that is full. Anybody may do that to a process of their own. Node ignores the signal that comes with it.
 */
export function limitedDisk(t: Test, spareBytes: number): FullDisk {
  const folder = join(temporaryFolder(t), 'data')
  const limit = ({ child }: ServerProcess, bytes: number | 'unlimited') =>
    execFileSync('prlimit', [`--pid=${child.pid}`, `--fsize=${bytes}:unlimited`])
  return {
    folder,
    fill: (server) => limit(server, logBytes(folder) + spareBytes),
    makeRoom(server) {
      const { exitCode, signalCode } = server.child
      if (exitCode === null && signalCode === null) limit(server, 'unlimited')
    },
  }
}

function logBytes(folder: string): number {
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'))
  return Math.max(...logs.map((name) => statSync(join(folder, name)).size))
}

/** Whether this process may mount a file system: an administrator, and not in every container. */
export function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'mount-'))
  try {
    mount(place, 64)
    unmount(place)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(place)
  }
}

/** A file system of this size. */
export function mountedDisk(t: Test, kilobytes: number): FullDisk {
  const place = temporaryFolder(t)
  mount(place, kilobytes)
  t.teardown(() => unmount(place))
  return {
    folder: join(place, 'data'),
    fill: () => fillUp(join(place, 'fill')),
    makeRoom: () => rmSync(join(place, 'fill')),
  }
}

function mount(place: string, kilobytes: number): void {
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`]
  execFileSync('mount', [...options, 'tmpfs', place], { stdio: 'ignore' })
}

function unmount(place: string): void {
  execFileSync('umount', ['--lazy', place])
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
