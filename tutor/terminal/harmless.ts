import { stripVTControlCharacters } from 'node:util'
import { printable } from './printable.ts'

/**
 * Text from elsewhere, made fit to be shown: its lines stay, colors and cursor movements are dropped, and
 * any other character that a terminal obeys or hides is written out: `\u0007`.
 */
export function harmless(text: string): string {
  const lines = stripVTControlCharacters(text).replaceAll('\t', '  ').split(/\r?\n/)
  return lines.map(printable).join('\n')
}
