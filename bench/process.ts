import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface ServerProcess {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server file as a process of its own, on this core, and resolves when it says where it is. */
export async function startServer(
  file: URL,
  core: string | undefined,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const node = [process.execPath, '--import=tsx', fileURLToPath(file)]
  const [command = '', ...args] = core === undefined ? node : ['taskset', '-c', core, ...node]
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, args, {
    // Only these: a setting of the reader's own shell must not change a figure.
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)

  return {
    url: await readiness(child),
    async stop() {
      process.off('exit', killWithUs)
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function readiness(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      const url = /Ready at (http\S+)\n/.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)))
  })
}
