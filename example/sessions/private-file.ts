import type { Stats } from 'node:fs'

/**
 * Why this file is no place for a secret; `undefined` when it belongs to this user, or to root, and nobody
 * else may use it. Windows has other ways to say who may: there its mode bits mean nothing, and all is user 0.
 */
export function exposure(
  path: string,
  { uid, mode }: Pick<Stats, 'uid' | 'mode'>,
  us = process.geteuid?.(),
): string | undefined {
  if (uid !== 0 && uid !== us) return `it belongs to another user. Run as root: chown ${us} ${path}`
  const open = process.platform !== 'win32' && (mode & 0o077) !== 0
  return open ? `others may read it. Run: chmod 600 ${path}` : undefined
}
