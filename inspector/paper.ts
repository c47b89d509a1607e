import { styleText } from 'node:util'
import { type Look, lookOf, wrap } from '../tutor/terminal/look.ts'
import { printable } from '../tutor/terminal/printable.ts'

/** Words in one tone; plain text has none. */
export type Span = string | readonly [tone: Tone, text: string]

export interface Line {
  readonly spans: readonly Span[]
  readonly indent?: number
  /** How much further to the right the line goes on where it is broken. */
  readonly hang?: number
  /** Never broken, so that it can be copied in one piece: the terminal folds it. */
  readonly whole?: boolean
}

// Named colors, so that each theme brings its own. No yellow, no gray, no dark blue: one theme or
// another makes them vanish. A label is its part's color turned inside out, and as readable.
const tones = {
  headerLabel: ['inverse', 'magenta'],
  payloadLabel: ['inverse', 'blueBright'],
  signatureLabel: ['inverse', 'cyan'],
  header: ['magenta'],
  payload: ['blueBright'],
  signature: ['cyan'],
  good: ['green'],
  bad: ['bold', 'red'],
  strong: ['bold'],
} as const

export type Tone = keyof typeof tones

/** Some words, that far from the left. */
export function line(indent: number, ...spans: readonly Span[]): Line {
  return { indent, spans }
}

export const blank: Line = { spans: [] }

/** Where the report goes: a terminal, a pipe or a file. */
export type Output = NodeJS.WritableStream &
  Pick<NodeJS.WriteStream, 'columns' | 'isTTY' | 'hasColors'>

/** The width of this terminal, and whether it is one for colors: NO_COLOR and FORCE_COLOR are honored. */
export function paperOf(stream: Output): Look {
  const colors = styleText('bold', '.', { stream }) !== '.'
  return { ...lookOf(stream, { plain: false }), colors }
}

/** Puts lines on paper. Every string is made printable here, so that no caller can forget it. */
export function print(lines: readonly Line[], look: Look): string {
  const rows = lines.map(({ spans, indent = 0, hang = 0, whole = false }) => {
    const text = spans.map((span) => paint(span, look)).join('')
    return whole ? text : wrap(look, text, indent, hang)
  })
  return `${rows.join('\n')}\n`
}

function paint(span: Span, { colors }: Look): string {
  const [tone, text] = typeof span === 'string' ? [undefined, span] : span
  const safe = printable(text)
  if (tone === undefined || !colors) return safe
  return styleText([...tones[tone]], safe, { validateStream: false })
}
