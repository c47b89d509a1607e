import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { startInTerminal } from '../support/terminal.ts'

const program = fileURLToPath(new URL('../../tutor/learn.ts', import.meta.url))
const command = [
  process.execPath,
  `--import=${import.meta.resolve('../../example/typescript.mjs')}`,
  program,
]

/** What stands in the progress file of a course. */
export function progressOf(root: string): { lessons: Record<string, string>; current?: string } {
  const path = join(root, 'my/progress.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { lessons: {} }
}

/** `npm run learn` in a terminal. */
export function startGuide(
  t: Test,
  root: string,
  { args = [], shell, ...options }: GuideOptions = {},
) {
  const words = [...command, ...args]
  const line = words.map((word) => `'${word}'`).join(' ')
  const started = shell === undefined ? words : ['sh', '-c', shell.replace('learn', line)]
  return startInTerminal(t, started, { cwd: root, ...options })
}

interface GuideOptions {
  readonly args?: readonly string[]
  /** A line of the shell in which `learn` stands for the guide. */
  readonly shell?: string
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
}

/** `npm run learn` without a terminal, until it ends. */
export async function learn(
  root: string,
  args: readonly string[] = [],
  { env = {}, uid }: { env?: Record<string, string>; uid?: number } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env
  // Without the options by which the test runner follows every node that is started.
  const child = spawn(
    'env',
    ['-u', 'NODE_OPTIONS', '-u', 'NODE_V8_COVERAGE', ...command, ...args],
    {
      cwd: root,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  )
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  return { code: child.exitCode, stdout, stderr }
}
