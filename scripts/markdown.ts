import { anchorOf } from '../classroom/anchor.ts'

// The little of Markdown that the checks of our documents need. Lines count from one.

interface Placed {
  readonly line: number
}

/** A fenced block: what stands behind its backticks, and what between. */
export interface Fence extends Placed {
  readonly info: string
  readonly code: string
}

export interface Link extends Placed {
  readonly target: string
}

export interface Heading extends Placed {
  readonly level: number
  readonly text: string
}

const fence = /^(`{3,}) *(?<info>[^`\n]*?) *\n(?<code>.*?)^\1`*$/gms
const codeType = /(`+)(?!`)((?:(?!\n\n).)+?)(?<!`)\1(?!`)/gs

/** What the names of a pattern stand for, wherever it matches. */
export function placed<Name extends string>(
  text: string,
  pattern: RegExp,
): Array<Placed & Record<Name, string>> {
  return [...text.matchAll(pattern)].map(({ index, groups }) => ({
    ...(groups as Record<Name, string>),
    line: text.slice(0, index).split('\n').length,
  }))
}

export function fencesOf(text: string): Fence[] {
  return placed<'info' | 'code'>(text, fence)
}

/** What stands in `code type` within the text. */
export function codeSpansOf(text: string): string[] {
  const spans = withoutFences(text).matchAll(codeType)
  return [...spans].map(([, , code = '']) => code.replaceAll('\n', ' ').trim())
}

/** The prose alone. Every line keeps its number. */
export function withoutCode(text: string): string {
  return withoutFences(text).replaceAll(codeType, blank)
}

export function linksOf(text: string): Link[] {
  return placed<'target'>(withoutCode(text), /\]\((?<target>[^)\s]+)\)/g)
}

export function headingsOf(text: string): Heading[] {
  const headings = /^(?<signs>#{1,6}) +(?<text>.*?) *$/gm
  return placed<'signs' | 'text'>(withoutFences(text), headings).map(({ line, signs, text }) => ({
    line,
    level: signs.length,
    text,
  }))
}

/** The anchors that headings get, with a number for the second of a name. */
export function anchorsOf(text: string): string[] {
  const anchors = headingsOf(text).map((heading) => anchorOf(heading.text))
  return anchors.map((anchor, at) => {
    const before = anchors.slice(0, at).filter((other) => other === anchor).length
    return before === 0 ? anchor : `${anchor}-${before}`
  })
}

/** What stands below a heading of the second level, up to the next; nothing where there is no such heading. */
export function sectionOf(text: string, heading: string): string {
  const headings = headingsOf(text).filter(({ level }) => level <= 2)
  const at = headings.findIndex((found) => found.level === 2 && found.text === heading)
  const [start, end] = [headings[at]?.line, headings[at + 1]?.line]
  if (start === undefined) return ''
  return text
    .split('\n')
    .slice(start, end && end - 1)
    .join('\n')
}

/** How many words a reader sees: without front matter, fences, what is folded, and the targets of links. */
export function wordsShown(text: string): number {
  const shown = withoutFences(text.replace(/^---\n.*?^---\n/ms, ''))
    .replaceAll(/^<details>.*?^<\/details>/gms, '')
    .replaceAll(/\]\([^)\n]*\)/g, ']')
  return shown.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function withoutFences(text: string): string {
  return text.replaceAll(fence, blank)
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}
