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
    return { url: await said(child, /Ready at (http[^\s,]+)\n/), ...handle(child) }
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

function handle(child: ChildProcess) {
  return {
    pid: child.pid ?? Number.NaN,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      child.kill('SIGTERM')
      await once(child, 'exit')
      clearTimeout(patience)
    },
  }
}

/** The first group of the pattern, or all that matched, as soon as the output has it. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const late = setTimeout(() => reject(new Error(`It is not ready: ${output}`)), 20_000)
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000)
      const [all, group] = pattern.exec(output) ?? []
      if (all === undefined) return
      clearTimeout(late)
      resolve(group ?? all)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)))
  })
}
