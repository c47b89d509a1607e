import { createInterface } from 'node:readline'
import { keyOf } from './keys.ts'
import type { Page } from './page.ts'

/** Where the guide writes and what it hears. */
export interface Terminal {
  /** Shows a whole page, or in plain mode only what is new of it. */
  show(page: Page, news: string): void
  close(): void
}

export interface Listeners {
  onKey(key: string): void
  onResize(): void
}

/** Lines one after another, and letters that Enter sends: for screen readers, and terminals that are none. */
export function openLines({ onKey }: Listeners): Terminal {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => onKey(line.trim() === '' ? 'enter' : keyOf(line)))
  lines.on('close', () => onKey('q'))
  return {
    show: (_, news) => void (news !== '' && process.stdout.write(`${news}\n`)),
    close: () => lines.close(),
  }
}
