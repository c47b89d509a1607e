import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onCore } from './cores.ts'

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string>>

/** Starts a server file as a process of its own, on this core, and resolves when it says where it is. */
export async function startServer(
  file: URL,
  core: string | undefined,
  env: Environment,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const child = start(onCore(core, nodeCommand(file, nodeOptions)), env)
  try {
    return { url: await ready(child), pid: child.pid ?? Number.NaN, stop: () => end(child) }
  } catch (cause) {
    child.kill('SIGKILL')
    throw new Error(`Cannot start ${basename(file.pathname)}`, { cause })
  }
}

/** Runs a file as a process of its own, on this core, and resolves with what it has written. */
export async function run(file: URL, core: string | undefined, env: Environment): Promise<string> {
  const child = start(onCore(core, nodeCommand(file)), env)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`Cannot run ${basename(file.pathname)}: it ended with ${code}`)
  return output
}

function nodeCommand(file: URL, options: readonly string[] = []): string[] {
  return [
    process.execPath,
    `--import=${import.meta.resolve('../example/typescript.mjs')}`,
    ...options,
    fileURLToPath(file),
  ]
}

function start([command = '', ...args]: readonly string[], env: Environment): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(command, args, {
    // Only these: a setting of the reader's own shell must not change a figure.
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(patience)
}

/** Where it is, as soon as it says so. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const late = setTimeout(() => reject(new Error(`It is not ready: ${output}`)), 20_000)
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000)
      const [, url] = /Ready at (http[^\s,]+)\n/.exec(output) ?? []
      if (url === undefined) return
      clearTimeout(late)
      resolve(url)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)))
  })
}
