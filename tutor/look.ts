import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'

/** What the terminal can show. */
export interface Look {
  readonly columns: number
  readonly colors: boolean
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
const narrowest = 40
const widest = 100

/** What this terminal can show: NO_COLOR and FORCE_COLOR are honored, a pipe gets neither color nor width. */
export function lookOf(stream: NodeJS.WriteStream, { plain }: { plain: boolean }): Look {
  const columns = Math.min(widest, Math.max(narrowest, stream.columns ?? 80))
  const colors = !plain && stream.isTTY && stream.hasColors()
  return { columns, colors }
}

export function paint({ colors }: Look, style: Style, text: string): string {
  return colors ? styleText(styles[style], text, { validateStream: false }) : text
}

/** Breaks text between words where the terminal ends, every line indented alike. */
export function wrap({ columns }: Look, text: string, indent = 0): string {
  const margin = ' '.repeat(indent)
  const wrapped = wrapAnsi(text, columns - indent, { hard: true, trim: false })
  return wrapped.replaceAll(/ +$/gm, '').replaceAll(/^(?=.)/gm, margin)
}
