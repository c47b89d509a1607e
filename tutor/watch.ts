import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { watch } from 'chokidar'

const settleMilliseconds = 50 // an editor may write in several steps
const lookMilliseconds = 1000

/**
 * Tells when a file has changed or gone. Beside the file events it looks at the clock of the file:
 * in some containers and network folders no event ever comes. Gives a function that ends it.
 */
export function watchFile(
  path: string,
  { onChange, onNoEvents }: { onChange: () => void; onNoEvents: () => void },
): () => Promise<void> {
  let known = modifiedAt(path)
  let missed = false
  let settling: NodeJS.Timeout | undefined

  function changed(): void {
    known = modifiedAt(path)
    missed = false
    clearTimeout(settling)
    settling = setTimeout(onChange, settleMilliseconds)
  }

  // The folder, since many editors write a new file and rename it over the old one.
  const watcher = watch(dirname(path), { ignoreInitial: true, depth: 0 })
  watcher.on('all', (_, changedPath) => basename(changedPath) === basename(path) && changed())
  watcher.on('error', onNoEvents) // such as too many watched files: the look below goes on

  const looking = setInterval(() => {
    if (modifiedAt(path) === known) return
    if (missed) {
      onNoEvents()
      changed()
    } else missed = true // an event may be on its way: believe it at the second look
  }, lookMilliseconds)

  return async () => {
    clearInterval(looking)
    clearTimeout(settling)
    await watcher.close()
  }
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}
