import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseEnv } from 'node:util'
import { keepsModes } from '../../example/store/modes.ts'
import { killGroup } from '../../tutor/judge/process-group.ts'
import type { Packages, Program, TerminalFacts } from './findings.ts'

// What looks at the machine. Nothing here may need a package: they may be missing.

export function readPackages(path: string): Packages | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined // it is not there, or holds the marks of a conflict
  }
}

/** Whether git has package-lock.json otherwise, and package.json as it is. Without git, nobody can say. */
export function lockIsRewritten(root: string): boolean {
  const differs = (file: string) => {
    const args = ['diff', '--quiet', 'HEAD', '--', file]
    return spawnSync('git', args, { cwd: root, stdio: 'ignore', windowsHide: true }).status === 1
  }
  return differs('package-lock.json') && !differs('package.json')
}

/** Whether tap, which compiles itself, did so here: its link leads to its core in this very folder. */
export function tapIsBuilt(root: string): boolean {
  const core = 'node_modules/@tapjs/core'
  try {
    return realpathSync(join(root, '.tap/plugins', core)) === realpathSync(join(root, core))
  } catch {
    return false
  }
}

/** The port that a server will take: from the environment first, then from its file, which may be missing or damaged. */
export function portOf(file: string, { PORT }: NodeJS.ProcessEnv, otherwise: number): number {
  return Number(PORT || portInFile(file) || otherwise)
}

function portInFile(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? parseEnv(readFileSync(path, 'utf8')).PORT : undefined
  } catch {
    return undefined
  }
}

/** Loads a package that is compiled for each kind of machine; gives what went wrong. */
export async function troubleLoading(name: string): Promise<string | undefined> {
  try {
    await import(name)
    return undefined
  } catch (error) {
    return firstLine(error)
  }
}

/** What keeps a port of this machine from being listened on. */
export function troubleListening(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    const server = createServer().once('error', fail)
    try {
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
    } catch (error) {
      fail(error as NodeJS.ErrnoException) // the port is no number, or out of range
    }
  })
}

/** Asks a program for its version. Some are there, and do not run: Ubuntu's chromium-browser may only ask for the snap. */
export async function askVersion(
  path: string | undefined,
  patience = AbortSignal.timeout(10_000),
  args: readonly string[] = ['--version'],
): Promise<Program | undefined> {
  if (path === undefined) return undefined
  try {
    // In a group of its own: it may be a script, and what hangs a program that it has started.
    const child = spawn(path, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    patience.addEventListener('abort', () => {
      killGroup(child)
      child.stdout.destroy() // whoever left the group may hold it open
    })
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
    return code === 0 ? { path, said } : { path }
  } catch {
    return { path }
  }
}

/** Asks Python for the two libraries that a test compares ours with. */
export async function askPython(path: string): Promise<Program> {
  const code = 'import jwt, jwcrypto; print(jwt.__version__)'
  return (await askVersion(path, undefined, ['-c', code])) ?? { path }
}

/** What keeps the server from keeping its records here. Touches nothing: they may be in use. */
export function troubleWriting(root: string, folder: string): string | undefined {
  const path = join(root, folder)
  try {
    accessSync(existsSync(path) ? `${path}/.` : root, constants.W_OK)
    return undefined
  } catch (error) {
    return firstLine(error)
  }
}

/** Whether a file can be for its owner alone in this folder, or where it will be made. */
export function keepsModesIn(root: string, folder: string): boolean {
  const path = join(root, folder)
  return keepsModes(existsSync(path) ? path : root)
}

interface Scratch {
  readonly trouble?: string
  readonly seconds?: number
  readonly watchTrouble?: string
}

/** Writes a file where the guide keeps the exercises, as an editor would, and waits for the news of it. */
export async function writeAndWatch(root: string, folder: string): Promise<Scratch> {
  const path = join(root, folder)
  const isNew = !existsSync(path)
  try {
    mkdirSync(path, { recursive: true })
    const scratch = mkdtempSync(join(path, '.doctor-'))
    try {
      writeFileSync(join(scratch, 'exercise.ts'), '// before\n')
      return await waitForNews(scratch)
    } finally {
      rmSync(scratch, { recursive: true, force: true })
      if (isNew) rmdirSync(path)
    }
  } catch (error) {
    return { trouble: firstLine(error) }
  }
}

const patienceSeconds = 2

async function waitForNews(folder: string): Promise<Scratch> {
  const start = performance.now()
  const watching = new AbortController()
  try {
    const seconds = await new Promise<number | undefined>((resolve, reject) => {
      const watcher = watch(folder, { signal: watching.signal })
      watcher.once('error', reject)
      watcher.once('change', () => resolve((performance.now() - start) / 1000))
      setTimeout(resolve, patienceSeconds * 1000, undefined).unref()
      writeFileSync(join(folder, 'exercise.ts'), '// after\n')
    })
    return seconds === undefined ? {} : { seconds }
  } catch (error) {
    return { watchTrouble: firstLine(error) }
  } finally {
    watching.abort()
  }
}

export function lookAtTerminal({ NO_COLOR = '' }: NodeJS.ProcessEnv): TerminalFacts {
  const { stdout } = process
  const columns = stdout.isTTY ? stdout.columns : undefined
  const colors = stdout.isTTY && stdout.hasColors()
  return { columns, colors, noColor: NO_COLOR !== '' }
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line
}
