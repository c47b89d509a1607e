import type { Stats } from 'node:fs'
import { dirname } from 'node:path'
import { obeysChmod } from '../store/modes.ts'

/** Whether everybody may write into this file, where a disk and a system know such a thing. */
export function isOpenToAll(path: string, { mode }: Pick<Stats, 'mode'>): boolean {
  return process.platform !== 'win32' && (mode & 0o002) !== 0 && obeysChmod(dirname(path))
}

/**
 * Why this file is no place for a secret; `undefined` when it belongs to this user, or to root, and nobody
 * else may use it. Windows has other ways to say who may: there its mode bits mean nothing, and all is user 0.
 * `noWay` is what to do where the disk lets nobody change that.
 */
export function exposure(
  path: string,
  { uid, mode }: Pick<Stats, 'uid' | 'mode'>,
  noWay: string,
  us = process.geteuid?.(),
): string | undefined {
  const foreign = uid !== 0 && uid !== us
  const open = process.platform !== 'win32' && (mode & 0o077) !== 0
  if (!foreign && !open) return undefined
  const what = foreign ? 'it belongs to another user' : 'others may read it'
  if (!obeysChmod(dirname(path))) return `${what}, ${noWay}`
  return foreign ? `${what}. Run as root: chown ${us} ${path}` : `${what}. Run: chmod 600 ${path}`
}
