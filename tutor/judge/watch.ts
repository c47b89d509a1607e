import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { watch } from 'chokidar'

const settleMilliseconds = 50 // an editor may write in several steps
const lookMilliseconds = 500

/**
 * Tells when a file has changed or gone, and whether an event told so: in some containers and network
 * folders none ever comes, so the clock of the file is looked at, too. Gives a function that ends it.
 */
export function watchFile(
  path: string,
  onChange: (by: 'event' | 'clock') => void,
): () => Promise<void> {
  let known = modifiedAt(path)
  let missed = false
  let settling: NodeJS.Timeout | undefined

  function changed(by: 'event' | 'clock'): void {
    known = modifiedAt(path)
    missed = false
    clearTimeout(settling)
    settling = setTimeout(() => onChange(by), settleMilliseconds)
  }

  // The folder, since many editors write a new file and rename it over the old one.
  const watcher = watch(dirname(path), { ignoreInitial: true, depth: 0 })
  watcher.on('all', (_, other) => basename(other) === basename(path) && changed('event'))
  watcher.on('error', () => {}) // such as too many watched files: the look below goes on

  const looking = setInterval(() => {
    if (modifiedAt(path) === known) return
    if (missed) changed('clock')
    else missed = true // an event may be on its way: believe the clock at the second look
  }, lookMilliseconds)

  return async () => {
    clearInterval(looking)
    clearTimeout(settling)
    await watcher.close()
  }
}

function modifiedAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs
  } catch {
    return undefined // what cannot be reached is not there
  }
}
