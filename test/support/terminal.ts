import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import type { Test } from 'tap'

/** A program in a real terminal, seen and used as a person does. */
export interface TerminalSession {
  readonly pid: number
  /** What is on the screen now, without the spaces at the end of lines. */
  screen(): string
  /** What is on the screen and above it. */
  history(): string
  /** Whether a line was longer than the screen is wide. */
  overflows(): boolean
  /** Whether anything on the screen is in color. */
  isColored(): boolean
  /** What the program has set the title of the window to. */
  title(): string
  /** What a program has to take back before it ends. */
  modes(): { bracketedPaste: boolean; alternateScreen: boolean; cursorHidden: boolean }
  /** Waits until something is on the screen; gives the screen. */
  until(what: string | RegExp | ((screen: string) => boolean)): Promise<string>
  /** Types these keys; the special ones are in `keys`. */
  press(keys: string): void
  resize(columns: number, rows: number): void
  /** Waits for the end of the program; gives its exit code. */
  exitCode(): Promise<number>
}

export const keys = {
  ctrlC: '\x03',
  ctrlD: '\x04',
  enter: '\r',
  up: '\x1b[A',
  down: '\x1b[B',
  home: '\x1b[H',
  end: '\x1b[F',
}

const patience = 20_000 // milliseconds; a busy machine may need some of them

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
  const { cwd, columns: cols = 80, rows = 24, env = {} } = options
  const { PATH = '', HOME = '' } = process.env
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 5000 })
  // Only these variables: a setting of the reader's own shell must not change a test.
  const environment = { PATH, HOME, TERM: 'xterm-256color', ...env }
  const pty = spawn(file, args, { cwd, cols, rows, env: environment })

  let title = ''
  terminal.onTitleChange((text) => {
    title = text
  })
  let cursorHidden = false
  for (const [final, hidden] of [
    ['h', false],
    ['l', true],
  ] as const)
    terminal.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
      if (modes.includes(25)) cursorHidden = hidden
      return false // and go on as always
    })

  const drawn = new EventTarget()
  pty.onData((data) => terminal.write(data, () => drawn.dispatchEvent(new Event('drawn'))))
  const ended = new Promise<number>((resolve) =>
    pty.onExit(({ exitCode }) => terminal.write('', () => resolve(exitCode))),
  )
  t.teardown(async () => {
    killAll(pty.pid)
    await ended
    terminal.dispose()
  })

  function lines(from: number): string[] {
    const { active } = terminal.buffer
    const count = active.baseY + terminal.rows - from
    return Array.from({ length: count }, (_, at) => {
      return active.getLine(from + at)?.translateToString(true) ?? ''
    })
  }

  function isColored(): boolean {
    const { active } = terminal.buffer
    const cells = Array.from({ length: terminal.rows * terminal.cols }, (_, at) =>
      active.getLine(active.baseY + Math.floor(at / terminal.cols))?.getCell(at % terminal.cols),
    )
    return cells.some((cell) => cell !== undefined && !cell.isFgDefault())
  }

  const screen = () => lines(terminal.buffer.active.baseY).join('\n').trimEnd()
  return {
    pid: pty.pid,
    screen,
    history: () => lines(0).join('\n').trimEnd(),
    overflows: () => {
      const { active } = terminal.buffer
      const rows = Array.from({ length: terminal.rows }, (_, at) =>
        active.getLine(active.baseY + at),
      )
      return rows.some((line) => line?.isWrapped === true)
    },
    isColored,
    title: () => title,
    modes: () => ({
      bracketedPaste: terminal.modes.bracketedPasteMode,
      alternateScreen: terminal.buffer.active.type === 'alternate',
      cursorHidden,
    }),
    async until(what) {
      const late = AbortSignal.timeout(patience)
      while (!shows(screen(), what))
        await once(drawn, 'drawn', { signal: late }).catch(() => {
          throw new Error(`Waited in vain for ${what}. The screen:\n${screen()}`)
        })
      return screen()
    },
    press: (typed) => pty.write(typed),
    resize(columns, rows) {
      terminal.resize(columns, rows)
      pty.resize(columns, rows)
    },
    async exitCode() {
      const code = await Promise.race([ended, setTimeout(patience, 'late', { ref: false })])
      if (typeof code === 'number') return code
      throw new Error(`It does not end. The screen:\n${screen()}`)
    },
  }
}

function shows(screen: string, what: string | RegExp | ((screen: string) => boolean)): boolean {
  if (typeof what === 'function') return what(screen)
  return typeof what === 'string' ? screen.includes(what) : what.test(screen)
}

/** The program and what it started: all of them are in one session of the terminal. */
function killAll(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}
