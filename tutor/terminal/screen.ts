import { emitKeypressEvents, type Key } from 'node:readline'
import type { Console } from './console.ts'
import { keyOf } from './keys.ts'
import { fit, type Page } from './page.ts'
import type { Listeners, Terminal } from './terminal.ts'

const bracketedPaste = { on: '\x1b[?2004h', off: '\x1b[?2004l' }
const oneDraw = { begin: '\x1b[?2026h', end: '\x1b[?2026l' } // what is between appears at once
const toTop = '\x1b[H'
const clearLine = '\x1b[K'
const clearBelow = '\x1b[J'

/** A screen that is drawn anew in one write, keys that work at once, and arrows that scroll. */
export function openScreen({ onKey, onResize }: Listeners, { stdin, stdout }: Console): Terminal {
  let page: Page = { lines: [], anchor: 0, sight: 0, foot: '' }
  let scrolledTo: number | undefined

  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 })

  function draw(): void {
    const { shown } = fit(page, size(), scrolledTo)
    // What was there goes first: behind a line that is full, the last letter would go with it.
    const lines = shown.map((line, at) => (at < shown.length - 1 ? clearLine : clearBelow) + line)
    stdout.write(oneDraw.begin + toTop + lines.join('\r\n') + oneDraw.end)
  }

  function scroll(by: (height: number) => number): void {
    const { from, height } = fit(page, size(), scrolledTo)
    scrolledTo = fit(page, size(), from + by(height)).from
    draw()
  }

  const quit = () => onKey('q')
  const withCtrl: Readonly<Record<string, () => void>> = { c: quit, d: quit, z: stop }
  let pasting = false
  function hear(letter: string | undefined, { name = '', ctrl = false, meta = false }: Key): void {
    if (ctrl) return (withCtrl[name] ?? draw)()
    if (name.startsWith('paste-')) pasting = name === 'paste-start'
    if (pasting) return // nobody means a key by a letter of a token
    const by = scrolling[name]
    if (by !== undefined) return scroll(by)
    if (meta && name !== 'escape') onKey('escape') // Escape, and another key at once: node hears one
    onKey(named[name] ?? keyOf(letter ?? name))
  }

  /** What was on the screen before goes up and out of the way, and can be scrolled back to. */
  function take(): void {
    stdin.setRawMode(false) // without it, node does nothing for a mode that a shell has changed
    stdin.setRawMode(true)
    stdout.write(bracketedPaste.on + '\n'.repeat(size().rows - 1))
  }

  /** Puts the terminal in order. */
  function giveBack(): void {
    stdout.write(`${bracketedPaste.off}\n`)
    stdin.setRawMode(false)
  }

  /** Back to the shell for a while, with npm, which is in our group. Where there is none to go back to, nothing happens. */
  function stop(): void {
    if (process.platform === 'win32') return draw() // which knows no such thing
    giveBack()
    process.kill(0, 'SIGTSTP')
    setImmediate(() => stdin.isRaw || takeBack())
  }

  /** Whoever stopped us had the terminal meanwhile. */
  function takeBack(): void {
    take()
    draw()
  }

  emitKeypressEvents(stdin)
  stdin.on('keypress', hear)
  stdin.on('end', quit)
  stdout.on('resize', onResize)
  process.on('SIGCONT', takeBack)
  take()
  return {
    show(next) {
      if (next.lines.join('\n') !== page.lines.join('\n')) scrolledTo = undefined
      page = next
      draw()
    },
    close() {
      process.off('SIGCONT', takeBack)
      giveBack()
      stdin.pause()
    },
  }
}

const named: Readonly<Record<string, string>> = {
  return: 'enter',
  enter: 'enter',
  escape: 'escape',
}

const scrolling: Readonly<Record<string, (height: number) => number>> = {
  up: () => -1,
  down: () => 1,
  pageup: (height) => -height,
  pagedown: (height) => height,
  space: (height) => height,
  home: () => Number.NEGATIVE_INFINITY,
  end: () => Number.POSITIVE_INFINITY,
}
