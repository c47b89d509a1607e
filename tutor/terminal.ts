import { clearScreenDown, createInterface, cursorTo, emitKeypressEvents } from 'node:readline'

/** Where the guide writes and what it hears. One letter is one command. */
export interface Terminal {
  /** Shows a whole screen, or in plain mode only what is new of it. */
  show(screen: string, news: string): void
  close(): void
}

interface Listeners {
  readonly onKey: (key: string) => void
  readonly onResize: () => void
}

const { stdin, stdout } = process

/** A screen that is drawn anew, and keys that work at once. */
export function openScreen({ onKey, onResize }: Listeners): Terminal {
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.on(
    'keypress',
    (letter: string | undefined, { name, ctrl }: { name?: string; ctrl?: boolean }) => {
      if (ctrl) return name === 'c' || name === 'd' ? onKey('q') : undefined
      onKey(name === 'return' || name === 'enter' ? 'enter' : (letter ?? ''))
    },
  )
  stdin.on('end', () => onKey('q'))
  stdout.on('resize', onResize)
  return {
    show(screen) {
      cursorTo(stdout, 0, 0)
      clearScreenDown(stdout)
      stdout.write(`${screen}\n`)
    },
    close() {
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}

/** Lines one after another, and letters that Enter sends: for screen readers, and terminals that are none. */
export function openLines({ onKey }: Listeners): Terminal {
  const lines = createInterface({ input: stdin })
  lines.on('line', (line) => onKey(line.trim() === '' ? 'enter' : line.trim().toLowerCase()))
  lines.on('close', () => onKey('q'))
  return {
    show: (_, news) => void stdout.write(`${news}\n`),
    close: () => lines.close(),
  }
}
