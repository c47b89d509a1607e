import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const name = 'learn-json-web-tokens'

/** Lends a folder, and removes it: after `use`, and where the process ends before. */
export async function inTemporaryFolder<Result>(
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const { folder, remove } = makeTemporaryFolder()
  try {
    return await use(folder)
  } finally {
    remove()
  }
}

/** Makes a folder that goes with this process at the latest. */
export function makeTemporaryFolder(): { folder: string; remove: () => void } {
  removeLeftOvers()
  const folder = mkdtempSync(join(tmpdir(), `${name}-${process.pid}-`))
  const remove = () => {
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  return { folder, remove }
}

/** Who was killed has removed nothing, such as the checks of a file that was saved again meanwhile. */
function removeLeftOvers(): void {
  for (const entry of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${name}-(\\d+)-\\w{6}$`).exec(entry) ?? []
    if (pid === undefined || isRunning(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), entry), { recursive: true, force: true })
    } catch {
      // it is another user's, and stays
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // another user's
  }
}
