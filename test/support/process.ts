import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { SECRET } from './fixtures.ts'

/** The program of the session server. */
export const sessionServer = new URL('../../example/sessions/server.ts', import.meta.url)

/** The program of the accounts server. */
export const accountsServer = new URL('../../example/accounts/server.ts', import.meta.url)

/** The program of the issuer. */
export const issuerServer = new URL('../../example/issuer/server.ts', import.meta.url)

/** The folder that a server is started in, and its program. */
interface Where {
  folder?: string
  file?: URL
}

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Sends a signal and gives the exit code when it has ended; `null` when the signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the real server as a process of its own on a free port, and waits for its readiness line. */
export async function startServer(
  environment: Record<string, string>,
  where?: Where,
): Promise<ServerProcess> {
  const child = spawnServer({ PORT: '0', JWT_SECRET: SECRET, ...environment }, where)
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const ready = /Ready at (http[^\s,]+)/.exec(output)?.[1]
      if (ready !== undefined) resolve(ready)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)))
  })

  return {
    url: url.replace('localhost', '127.0.0.1'),
    child,
    output: () => output,
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
      return child.exitCode
    },
  }
}

/** Runs the server until it ends by itself: for settings that it must refuse. */
export async function runServer(
  environment: Record<string, string>,
  where?: Where,
): Promise<{ code: number | null; output: string }> {
  const child = spawnServer(environment, where)
  let output = ''
  const read = (chunk: Buffer) => {
    output += chunk
    if (output.includes('Ready at ')) child.kill('SIGKILL') // it should have refused: do not wait for it
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  await once(child, 'close')
  return { code: child.exitCode, output }
}

/** In a folder that is not where the reader keeps a .env, unless another is named. */
function spawnServer(
  environment: Record<string, string>,
  { folder = tmpdir(), file = sessionServer }: Where = {},
): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const { NODE_OPTIONS = '', ...others } = environment
  // Only these: a setting of the reader's own shell must not change a test. Nor may tap, which puts code of its
  // own into every Node by NODE_OPTIONS: with that, signals end a server that would have ignored them.
  const loader = `--import=${import.meta.resolve('../../example/typescript.mjs')}`
  return spawn(
    'env',
    [`NODE_OPTIONS=${NODE_OPTIONS}`, process.execPath, loader, fileURLToPath(file)],
    {
      cwd: folder,
      env: { PATH, HOME, ...others },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
}
