import { setTimeout as wait } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import type { Test } from 'tap'

/** A program in a real terminal, seen and used as a person does. */
export interface TerminalSession {
  readonly pid: number
  /** What was drawn last on the screen, without the spaces at the end of lines. */
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
  /** How many times it has drawn something that appears at once, and never half. */
  draws(): number
  /** Waits until something is on the screen; gives the screen. Sees every draw, and none before its end. */
  until(what: string | RegExp | ((screen: string) => boolean)): Promise<string>
  /** Types these keys; the special ones are in `keys`. */
  press(keys: string): void
  resize(columns: number, rows: number): void
  /** Waits for the end of the program; gives its exit code. */
  exitCode(): Promise<number>
}

export const keys = {
  escape: '\x1b',
  ctrlC: '\x03',
  ctrlD: '\x04',
  ctrlZ: '\x1a',
  enter: '\r',
  up: '\x1b[A',
  down: '\x1b[B',
  home: '\x1b[H',
  end: '\x1b[F',
}

const patience = 60_000 // milliseconds; a busy machine may need some of them

// The modes of a terminal that are looked at, by their numbers.
const cursor = 25
const bracketedPaste = 2004
const oneDraw = 2026

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

  // A draw may come in parts, and several at once: each is looked at when it is whole, and only then.
  let screen = ''
  let draws = 0
  const lookers = new Set<() => void>()
  function look(): void {
    if (modes.has(oneDraw)) return
    screen = lines(terminal.buffer.active.baseY).join('\n').trimEnd()
    for (const see of lookers) see()
  }
  const modes = new Set([cursor])
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => {
    for (const mode of params.flat()) modes.add(mode)
    return false // and go on as always
  })
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => {
    for (const mode of params.flat()) modes.delete(mode)
    if (params.includes(oneDraw)) draws += 1
    look()
    return false
  })
  pty.onData((data) => terminal.write(data, look))
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

  const shown = () => `The screen:\n${screen}`
  return {
    pid: pty.pid,
    screen: () => screen,
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
    draws: () => draws,
    modes: () => ({
      bracketedPaste: modes.has(bracketedPaste),
      alternateScreen: terminal.buffer.active.type === 'alternate',
      cursorHidden: !modes.has(cursor),
    }),
    until(what) {
      return new Promise((resolve, reject) => {
        const giveUp = () => end(() => reject(new Error(`Waited in vain for ${what}. ${shown()}`)))
        const late = setTimeout(giveUp, patience)
        const see = () => shows(screen, what) && end(() => resolve(screen))
        const end = (settle: () => void) => {
          clearTimeout(late)
          lookers.delete(see)
          settle()
        }
        lookers.add(see)
        see()
      })
    },
    press: (typed) => pty.write(typed),
    resize(columns, rows) {
      terminal.resize(columns, rows)
      look()
      pty.resize(columns, rows)
    },
    async exitCode() {
      const code = await Promise.race([ended, wait(patience, 'late', { ref: false })])
      if (typeof code === 'number') return code
      throw new Error(`It does not end. ${shown()}`)
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
