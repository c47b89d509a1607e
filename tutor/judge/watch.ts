import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { watch } from 'chokidar'

const settleMilliseconds = 50 // an editor may write in several steps
const lookMilliseconds = 500

/**
 * Tells when a file has changed or gone. In some containers and network folders no event ever comes, so the clock of
 * the file is looked at, too: `isDeaf` says that no event told of this change, nor of the one before it. One alone may
 * have come too early for us, or its event too late. Gives a function that ends it.
 */
export function watchFile(path: string, onChange: (isDeaf: boolean) => void): () => Promise<void> {
  let known = modifiedAt(path)
  let missed = false
  let unheard = 0
  let settling: NodeJS.Timeout | undefined

  function changed(isHeard: boolean): void {
    known = modifiedAt(path)
    missed = false
    unheard = isHeard ? 0 : unheard + 1
    clearTimeout(settling)
    settling = setTimeout(() => onChange(unheard > 1), settleMilliseconds)
  }

  // The folder, since many editors write a new file and rename it over the old one.
  const watcher = watch(dirname(path), { ignoreInitial: true, depth: 0 })
  watcher.on('all', (_, other) => basename(other) === basename(path) && changed(true))
  watcher.on('error', () => {}) // such as too many watched files: the look below goes on

  const looking = setInterval(() => {
    if (modifiedAt(path) === known) return
    if (missed) changed(false)
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
