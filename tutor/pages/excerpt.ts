import { harmless } from '../terminal/harmless.ts'

/** The lines of a file, as it is named from the root, that a stack passes through, innermost first. */
export function placesIn(stack: string, file: string): number[] {
  return stack.split('\n').flatMap((frame) => {
    const line = frame.split(`/${file}:`)[1]?.split(':')[0]
    return line === undefined ? [] : [Number(line)]
  })
}

/** The innermost of some lines of check.ts that stands among the checks, and not in a helper of theirs. */
export function lineInChecks(text: string, places: readonly number[]): number | undefined {
  const lines = text.split('\n')
  const first = lines.indexOf('export default {') + 1
  if (first === 0) return places.at(-1)
  const last = lines.findIndex((line, at) => at >= first && line.startsWith('}'))
  return places.find((line) => line > first && line <= last)
}

const around = 3
const short = 12

/** A line of a file, as it is named from the root. */
interface Place {
  readonly file: string
  readonly line: number
}

/** Some lines around the one that matters, without the margin that all of them share. */
export interface Excerpt extends Place {
  readonly lines: ReadonlyArray<{ readonly number: number; readonly code: string }>
}

export function linesAround(text: string, place: Place): Excerpt {
  return take(text.split('\n'), place, place.line - around, place.line + around)
}

/** The check that a line stands in: all of it where it is short, else the lines around that one. */
export function checkAround(text: string, place: Place): Excerpt {
  const lines = text.split('\n')
  const { line } = place
  const first = lines.findLastIndex((content, at) => at < line && /^ {0,2}[^\s})\]]/.test(content))
  const end = lines.findIndex((content, at) => at >= line && /^ {0,2}[})\]]/.test(content))
  if (first === -1 || end === -1) return linesAround(text, place)
  const room = end - first < short ? short : around
  return take(lines, place, Math.max(first + 1, line - room), Math.min(end + 1, line + room))
}

function take(lines: readonly string[], place: Place, from: number, to: number): Excerpt {
  const first = Math.max(1, from)
  const end = Math.min(to, lines.findLastIndex((code) => code.trim() !== '') + 1)
  const shown = dedent(lines.slice(first - 1, Math.max(end, place.line)).map(harmless))
  return { ...place, lines: shown.map((code, index) => ({ number: first + index, code })) }
}

/** Takes away the margin that all lines share. */
function dedent(lines: readonly string[]): string[] {
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const margin = Math.min(...margins)
  return lines.map((line) => line.slice(margin))
}
