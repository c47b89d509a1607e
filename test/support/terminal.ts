import { setTimeout as wait } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import type { Test } from 'tap'
import { openScreen, patience, type Screen } from './screen.ts'

/** A program in a real terminal, seen and used as a person does. */
export interface TerminalSession extends Screen {
  readonly pid: number
  /** Types these keys; the special ones are in `keys`. */
  press(keys: string): void
  resize(columns: number, rows: number): void
  /** Waits for the end of the program; gives its exit code. */
  exitCode(): Promise<number>
}

/** Starts a program in a terminal of its own, which is closed when the test ends. */
export function startInTerminal(
  t: Test,
  [file = '', ...args]: readonly string[],
  options: {
    readonly cwd: string
    readonly columns?: number
    readonly rows?: number
    readonly env?: Readonly<Record<string, string>>
  },
): TerminalSession {
  const { cwd, columns = 80, rows = 24, env = {} } = options
  const { PATH = '', HOME = '' } = process.env
  const screen = openScreen({ columns, rows })
  // Only these variables: a setting of the reader's own shell must not change a test.
  const environment = { PATH, HOME, TERM: 'xterm-256color', ...env }
  const pty = spawn(file, args, { cwd, cols: columns, rows, env: environment })
  pty.onData((data) => void screen.write(data))
  const ended = new Promise<number>((resolve) =>
    pty.onExit(({ exitCode }) => void screen.write('').then(() => resolve(exitCode))),
  )
  t.teardown(async () => {
    killAll(pty.pid)
    await ended
    screen.close()
  })
  return {
    ...screen,
    pid: pty.pid,
    press: (typed) => pty.write(typed),
    resize(columns, rows) {
      screen.resize(columns, rows)
      pty.resize(columns, rows)
    },
    async exitCode() {
      const code = await Promise.race([ended, wait(patience, 'late', { ref: false })])
      if (typeof code === 'number') return code
      throw new Error(`It does not end. The screen:\n${screen.screen()}`)
    },
  }
}

/** The program and what it started: all of them are in one session of the terminal. */
function killAll(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}
