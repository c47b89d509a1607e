import { cut } from './look.ts'

/** What is to be shown, and which of its lines has to be in sight where not all of them fit. */
export interface Page {
  readonly lines: readonly string[]
  readonly anchor: number
  /** Up to which line it has to be in sight, too, at the cost of the lines at the top. */
  readonly sight: number
  /** What stands below it at any time: a line that is mostly empty, and the keys. */
  readonly foot: string
}

/** Puts sections below each other, with an empty line between; `focus` and `sight` count in sections. */
export function page(sections: readonly string[], { focus = 0, sight = 0, foot = '' } = {}): Page {
  const linesOf = (count: number) => {
    const some = sections.slice(0, count).filter((section) => section !== '')
    return some.flatMap((section) => [...section.split('\n'), '']).length
  }
  return { lines: join(sections).split('\n'), anchor: linesOf(focus), sight: linesOf(sight), foot }
}

/** The sections that hold anything, with an empty line between. */
export function join(sections: readonly string[]): string {
  return sections.filter((section) => section !== '').join('\n\n')
}

/** As many lines as the terminal has rows. `from` is the first of them, `height` how many scroll. */
export function fit(
  { lines, anchor, sight, foot }: Page,
  { columns, rows }: { columns: number; rows: number },
  scrolledTo?: number,
): { shown: string[]; from: number; height: number } {
  const [between = '', ...below] = foot.split('\n')
  const height = Math.max(1, rows - below.length - 1)
  const wanted = scrolledTo ?? Math.max(anchor, sight - 1 - height) // behind a section is an empty line
  const from = Math.max(0, Math.min(wanted, lines.length - height))
  const body = lines.slice(from, from + height)
  const whole = body.length === lines.length
  const place = `↑↓ lines ${from + 1} to ${from + body.length} of ${lines.length} · PgUp PgDn`
  const shown = [...body, between === '' && !whole ? place : between, ...below]
  return { shown: shown.slice(0, rows).map((line) => cut(line, columns)), from, height }
}
