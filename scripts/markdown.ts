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

/** A part that is folded until somebody opens it. */
export interface Folded extends Placed {
  readonly summary: string
  readonly body: string
}

const fence = /^(`{3,})([^`\n]*)\n(.*?)^\1`*$/gms
const codeType = /(`+)(?!`)((?:(?!\n\n).)+?)(?<!`)\1(?!`)/gs

export function fencesOf(text: string): Fence[] {
  return [...text.matchAll(fence)].map(({ index, 2: info = '', 3: code = '' }) => ({
    line: lineAt(text, index),
    info: info.trim(),
    code,
  }))
}

/** What stands in `code type` within the text. */
export function codeSpansOf(text: string): string[] {
  const spans = withoutFences(text).matchAll(codeType)
  return [...spans].map(([, , code = '']) => code.replaceAll('\n', ' ').trim())
}

/** The prose alone. Every line keeps its number. */
export function withoutCode(text: string): string {
  return withoutFences(text).replaceAll(codeType, (code) => blank(code))
}

export function linksOf(text: string): Link[] {
  const prose = withoutCode(text)
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(({ index, 1: target = '' }) => ({
    line: lineAt(prose, index),
    target,
  }))
}

export function headingsOf(text: string): Heading[] {
  const prose = withoutFences(text)
  return [...prose.matchAll(/^(#{1,6}) +(.*)$/gm)].map(
    ({ index, 1: signs = '', 2: heading = '' }) => ({
      line: lineAt(prose, index),
      level: signs.length,
      text: heading.trim(),
    }),
  )
}

/** The anchors that headings get: lower case, punctuation dropped, spaces to hyphens; a number for the second of a name. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>()
  return headingsOf(text).map((heading) => {
    const anchor = heading.text
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
}

/** What stands below a heading of the second level, up to the next; `undefined` where there is no such heading. */
export function sectionOf(text: string, heading: string): string | undefined {
  const headings = headingsOf(text).filter(({ level }) => level <= 2)
  const at = headings.findIndex((found) => found.level === 2 && found.text === heading)
  const start = headings[at]
  if (start === undefined) return undefined
  return text
    .split('\n')
    .slice(start.line, (headings[at + 1]?.line ?? Number.POSITIVE_INFINITY) - 1)
    .join('\n')
}

export function foldedOf(text: string): Folded[] {
  const found = text.matchAll(/^<details><summary>(.*?)<\/summary>\n(.*?)^<\/details>/gms)
  return [...found].map(({ index, 1: summary = '', 2: body = '' }) => ({
    line: lineAt(text, index),
    summary,
    body: body.trim(),
  }))
}

/** How many words a reader sees: without front matter, fences, what is folded, and the targets of links. */
export function wordsShown(text: string): number {
  const shown = withoutFences(text.replace(/^---\n.*?^---\n/ms, ''))
    .replaceAll(/^<details>.*?^<\/details>/gms, '')
    .replaceAll(/\]\([^)\n]*\)/g, ']')
  return shown.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function withoutFences(text: string): string {
  return text.replaceAll(fence, (code) => blank(code))
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}

/** The number of the line in which this character stands. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
