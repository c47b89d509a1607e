import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// On disks of Windows, on memory cards and on some shares, a file has the mode that the disk gives to all.

/** Whether a file that is made in this folder for its owner alone is for its owner alone. */
export function keepsModes(folder: string): boolean {
  // Windows itself has other ways to say who may.
  return process.platform === 'win32' || tryOut(folder, (path) => !isOpen(path))
}

/** Whether `chmod` can help a file in this folder. */
export function obeysChmod(folder: string): boolean {
  return tryOut(folder, (path) => {
    if (isOpen(path)) return false
    chmodSync(path, 0o644)
    return isOpen(path)
  })
}

function isOpen(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

/** Where nothing can be written, modes are not what is wrong. */
function tryOut(folder: string, look: (path: string) => boolean): boolean {
  const path = join(folder, `.mode-${process.pid}`)
  try {
    writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
  } catch {
    return true
  }
  try {
    return look(path)
  } catch {
    return false // some shares refuse every chmod
  } finally {
    rmSync(path)
  }
}
