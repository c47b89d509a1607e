import { createInterface } from 'node:readline'
import type { Console } from './console.ts'
import { keyOf } from './keys.ts'
import type { Page } from './page.ts'

/** What is shown at one moment: all of it, and for whoever gets line after line, what of it is new. */
export interface View extends Page {
  readonly news: string
}

/** Where the guide writes and what it hears. */
export interface Terminal {
  show(view: View): void
  close(): void
}

export interface Listeners {
  onKey(key: string): void
  onResize(): void
}

/** Lines one after another, and letters that Enter sends: for screen readers, and terminals that are none. */
export function openLines({ onKey }: Listeners, { stdin, stdout }: Console): Terminal {
  const lines = createInterface({ input: stdin })
  lines.on('line', (line) => onKey(line.trim() === '' ? 'enter' : keyOf(line)))
  lines.on('close', () => onKey('q'))
  return {
    show: ({ news }) => void (news !== '' && stdout.write(`${news}\n`)),
    close: () => lines.close(),
  }
}
