import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'

/** What the terminal can show. */
export interface Look {
  readonly columns: number
  readonly colors: boolean
  /** For ears and for pipes: words in the place of signs. */
  readonly plain?: boolean
}

export type Style = 'good' | 'bad' | 'strong' | 'dim' | 'code'

type Format = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>

const styles: Readonly<Record<Style, Format>> = {
  good: 'green',
  bad: 'red',
  strong: 'bold',
  dim: 'dim',
  code: 'cyan',
}

/** Narrower than this nothing can be read; wider than this neither. */
const narrowest = 20
const widest = 100

type Stream = Pick<NodeJS.WriteStream, 'columns' | 'isTTY' | 'hasColors'>

/** What this terminal can show: NO_COLOR and FORCE_COLOR are honored, a pipe gets neither color nor width. */
export function lookOf(stream: Stream, { plain }: { plain: boolean }): Look {
  const columns = Math.min(widest, Math.max(narrowest, stream.columns || 80))
  const colors = !plain && stream.isTTY && stream.hasColors()
  return { columns, colors, plain }
}

/** Colors each line by itself, so that every line can stand alone. */
export function paint({ colors }: Look, style: Style, text: string): string {
  if (!colors) return text
  const lines = text.split('\n')
  return lines
    .map((line) => (line === '' ? '' : styleText(styles[style], line, { validateStream: false })))
    .join('\n')
}

/**
 * Breaks text between words where the terminal ends. Lines keep their own indentation, behind `indent`
 * columns; what is broken off stands `hanging` columns further in.
 */
export function wrap({ columns }: Look, text: string, indent = 0, hanging = 0): string {
  const lines = text.split('\n').flatMap((line) => {
    const margin = indent + line.search(/\S|$/)
    const room = Math.max(columns - margin - hanging, 8)
    const [first = '', ...rest] = wrapAnsi(line.trim(), room, { hard: true }).split('\n')
    if (first === '') return ['']
    const behind = ' '.repeat(margin + hanging)
    return [' '.repeat(margin) + first, ...rest.map((part) => behind + part)]
  })
  return lines.join('\n')
}

/** Breaks a list of short things between them, never within one. */
export function wrapItems(look: Look, items: readonly string[], separator: string): string {
  const kept = items.map((item) => item.replaceAll(' ', '\u00a0'))
  return wrap(look, kept.join(separator)).replaceAll('\u00a0', ' ')
}

/** The beginning of a line, as far as the room goes. */
export function cut(line: string, room: number): string {
  const [whole = '', ...rest] = split(line, room)
  if (rest.length === 0) return whole
  return `${split(line, room - 1)[0]}…`
}

function split(line: string, room: number): string[] {
  return wrapAnsi(line, Math.max(room, 1), { hard: true, wordWrap: false, trim: false }).split('\n')
}
