import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program with all that it starts in its turn, unless that leaves the group. */
export interface ProcessGroup {
  readonly child: ChildProcess
  /** Ends all of it at once. */
  kill(): void
}

type Run = (
  program: string,
  args: string[],
  options: { stdio: 'ignore'; windowsHide: true },
) => ChildProcess

interface Options extends SpawnOptions {
  readonly signal?: AbortSignal | undefined
  /** Of memory: what takes more is killed. */
  readonly mostMegabytes?: number | undefined
}

/** Starts node in a process group of its own. It is killed when the signal says so, or when we are gone. */
export async function startNode(
  args: readonly string[],
  { signal, mostMegabytes = 1024, ...options }: Options,
): Promise<ProcessGroup> {
  const guarded = new URL('guarded.mjs', import.meta.url)
  guarded.search = `guide=${process.pid}&mostMegabytes=${mostMegabytes}`
  const child = spawn(process.execPath, [`--import=${guarded}`, ...args], {
    ...options,
    detached: true,
    windowsHide: true, // a group of its own would have a window of its own there
  })
  const kill = () => killGroup(child)
  signal?.addEventListener('abort', kill)
  child.once('exit', () => {
    signal?.removeEventListener('abort', kill)
    kill() // what it has started does not outlive it
  })
  await once(child, 'spawn')
  if (signal?.aborted) kill()
  return { child, kill }
}

/** Ends it with all that it has started. */
export function killGroup(
  child: ChildProcess,
  { platform = process.platform as string, run = spawn as Run } = {},
): void {
  if (platform === 'win32' && child.pid !== undefined) {
    // Windows knows no groups: this ends the tree below it.
    const tree = ['/pid', `${child.pid}`, '/t', '/f']
    run('taskkill', tree, { stdio: 'ignore', windowsHide: true }).on('error', () =>
      child.kill('SIGKILL'),
    )
    return
  }
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL') // it has ended by itself
  }
}
