import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { startInTerminal } from '../support/terminal.ts'

const program = fileURLToPath(new URL('../../tutor/learn.ts', import.meta.url))
const loader = import.meta.resolve('../../example/typescript.mjs')
const command = [process.execPath, `--import=${loader}`, program]

/** `npm run learn` in a terminal. */
export function startGuide(
  t: Test,
  root: string,
  { args = [], shell, ...options }: GuideOptions = {},
) {
  const words = [...command, ...args]
  const line = words.map((word) => `'${word}'`).join(' ')
  const started = shell === undefined ? words : ['sh', '-c', shell.replaceAll('learn', line)]
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
