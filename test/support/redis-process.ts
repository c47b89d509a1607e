import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../scripts/find-program.ts'

/**
 * Why the tests of Redis cannot run here, or `false`: made for `skip`. With CI=true nothing is skipped:
 * what needs Redis then fails, so that nobody takes a skipped test for a passed one.
 */
export function redisMissing(): string | false {
  return process.env.CI === 'true' ? false : notFound()
}

function notFound(): string | false {
  const found = findProgram('redis-server') !== undefined
  return found ? false : 'no redis-server was found. Install one: npm run setup'
}

/** One redis-server program: its process, its configuration file and its folder. */
export class RedisProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-'))
  readonly #settingsFile = join(this.#folder, 'redis.conf')
  readonly #outputFile = join(this.#folder, 'output.txt')
  readonly #args: string[]
  #child: ChildProcess | undefined

  constructor(settings: string[], args: string[]) {
    // In a file that only we can read: everybody can read a command line.
    const lines = [...settings, `dir ${this.#folder}`, '']
    writeFileSync(this.#settingsFile, lines.join('\n'), { mode: 0o600 })
    this.#args = args
  }

  start(): void {
    const missing = notFound()
    if (missing) throw new Error(`Cannot start Redis: ${missing}`)
    const { PATH = '' } = process.env
    const output = openSync(this.#outputFile, 'w') // a pipe would keep a test from ending
    const child = spawn('redis-server', [this.#settingsFile, ...this.#args], {
      env: { PATH },
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    guard(child, this.#folder)
    child.unref()
    this.#child = child
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('Redis has not started')
    return this.#child.pid
  }

  get running(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null
  }

  /** What it has printed since its last start. */
  get output(): string {
    return readFileSync(this.#outputFile, 'utf8')
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Sends a signal and waits for the end, paused or not; who does not hear it is killed. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child === undefined || !this.running) return
    this.#child.ref()
    const ended = once(this.#child, 'exit')
    this.signal(signal)
    this.signal('SIGCONT') // a paused process takes no signal but SIGKILL
    const impatience = setTimeout(() => this.signal('SIGKILL'), 10_000)
    await ended
    clearTimeout(impatience)
  }

  /** Removes its data, but neither its settings nor who it is in a Cluster. */
  wipe(): void {
    const kept = ['redis.conf', 'nodes.conf']
    for (const name of readdirSync(this.#folder)) {
      if (!kept.includes(name)) rmSync(join(this.#folder, name), { recursive: true })
    }
  }

  /** Ends it and leaves nothing behind. */
  async remove(): Promise<void> {
    await this.end('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/**
 * Kills the server and removes its folder should this process die, however it dies: an 'exit'
 * handler would not see a SIGKILL, but the guard sees its input end.
 */
function guard(child: ChildProcess, folder: string): void {
  if (child.pid === undefined) return
  const script = 'trap "" HUP INT TERM; read -r _; kill -KILL "$1"; rm -rf "$2"'
  const watcher = spawn('sh', ['-c', script, 'guard', String(child.pid), folder], {
    detached: true, // Ctrl-C in a terminal goes to the whole group
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.unref()
  child.once('exit', () => watcher.kill('SIGKILL'))
}

const given = new Set<number>()

/**
 * A free port of 127.0.0.1, never the same twice. Taken from below the ports that systems give to
 * outgoing connections: a server that restarts must find its port as free as it left it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
