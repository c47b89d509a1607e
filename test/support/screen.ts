import xterm from '@xterm/headless'

/** A screen that shows what is written to it, as a terminal does. */
export interface Screen {
  /** What was drawn last, without the spaces at the end of lines. */
  screen(): string
  /** What is on the screen and above it. */
  history(): string
  /** Whether a line was longer than the screen is wide. */
  overflows(): boolean
  /** Whether anything on the screen is in color. */
  isColored(): boolean
  /** What the title of the window was set to. */
  title(): string
  /** What a program has to take back before it ends. */
  modes(): { bracketedPaste: boolean; alternateScreen: boolean; cursorHidden: boolean }
  /** How many times something was drawn that appears at once, and never half. */
  draws(): number
  /** Waits until something is on the screen; gives the screen. Sees every draw, and none before its end. */
  until(what: string | RegExp | ((screen: string) => boolean)): Promise<string>
}

interface ScreenToWrite extends Screen {
  write(data: string): Promise<void>
  resize(columns: number, rows: number): void
  close(): void
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

export const patience = 60_000 // milliseconds; a busy machine may need some of them

// The modes of a terminal that are looked at, by their numbers.
const cursor = 25
const bracketedPaste = 2004
const oneDraw = 2026

/** A screen of this size; `convertEol` where nothing else turns the end of a line into a return and a step down. */
export function openScreen(size: {
  columns: number
  rows: number
  convertEol?: boolean
}): ScreenToWrite {
  const { columns: cols, rows, convertEol = false } = size
  const options = { cols, rows, convertEol, allowProposedApi: true, scrollback: 5000 }
  const terminal = new xterm.Terminal(options)
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

  function lines(from: number): string[] {
    const { active } = terminal.buffer
    const count = active.baseY + terminal.rows - from
    return Array.from({ length: count }, (_, at) => {
      return active.getLine(from + at)?.translateToString(true) ?? ''
    })
  }

  function rowsShown() {
    const { active } = terminal.buffer
    return Array.from({ length: terminal.rows }, (_, at) => active.getLine(active.baseY + at))
  }

  return {
    async write(data) {
      await new Promise<void>((resolve) => terminal.write(data, resolve))
      look()
    },
    resize(columns, rows) {
      terminal.resize(columns, rows)
      look()
    },
    close: () => terminal.dispose(),
    screen: () => screen,
    history: () => lines(0).join('\n').trimEnd(),
    overflows: () => rowsShown().some((row) => row?.isWrapped === true),
    isColored: () =>
      rowsShown().some((row) =>
        Array.from({ length: terminal.cols }, (_, at) => row?.getCell(at)).some(
          (cell) => cell !== undefined && !cell.isFgDefault(),
        ),
      ),
    title: () => title,
    draws: () => draws,
    modes: () => ({
      bracketedPaste: modes.has(bracketedPaste),
      alternateScreen: terminal.buffer.active.type === 'alternate',
      cursorHidden: !modes.has(cursor),
    }),
    until(what) {
      return new Promise((resolve, reject) => {
        const giveUp = () =>
          end(() => reject(new Error(`Waited in vain for ${what}. The screen:\n${screen}`)))
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
  }
}

function shows(screen: string, what: string | RegExp | ((screen: string) => boolean)): boolean {
  if (typeof what === 'function') return what(screen)
  return typeof what === 'string' ? screen.includes(what) : what.test(screen)
}
