import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is gone when stopped, and at the latest when this process ends. */
export function temporaryFolder(): { path: string; stop(): Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'bench-'))
  const remove = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    path,
    async stop() {
      process.off('exit', remove)
      remove()
    },
  }
}

/** What the files of a folder hold, in bytes. */
export function bytesIn(folder: string): number {
  const files = readdirSync(folder).map((name) => statSync(join(folder, name)))
  return files.reduce((sum, file) => sum + file.size, 0)
}
