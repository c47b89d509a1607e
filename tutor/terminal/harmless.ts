import { stripVTControlCharacters } from 'node:util'

/**
 * Text from elsewhere, made fit to be shown: colors and cursor movements are dropped, and any other
 * character that a terminal obeys or hides is written as JavaScript would: `\u0007`.
 */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}
