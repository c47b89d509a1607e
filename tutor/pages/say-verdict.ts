import type { Lesson } from '../journey/course.ts'
import type { Verdict } from '../judge/verdict.ts'
import { harmless } from '../terminal/harmless.ts'
import { cut, type Look, paint, wrap } from '../terminal/look.ts'
import type { Excerpt } from './excerpt.ts'
import { type Part, reportOf } from './report.ts'

/** Says a verdict to a terminal, in sections. Empty ones are left out by `page`. */
export function sayVerdict(
  verdict: Verdict,
  { root, lesson, look }: { root: string; lesson: Lesson; look: Look },
): string[] {
  return reportOf(verdict, { root, lesson }).map((part) => sayPart(part, look))
}

function sayPart(part: Part, look: Look): string {
  switch (part.kind) {
    case 'note':
      return wrap(look, part.text)
    case 'remark':
      return wrap(look, harmless(part.text), 2, 4)
    case 'dim':
      return paint(look, 'dim', wrap(look, part.text))
    case 'good':
      return paint(look, 'good', part.text)
    case 'bad':
      return paint(
        look,
        'bad',
        wrap(look, `${look.plain ? 'failed:' : '✗'} ${harmless(part.text)}`, 0, 2),
      )
    case 'passed': {
      const sign = look.plain ? 'passed:' : paint(look, 'good', '✓')
      return part.names.map((name) => wrap(look, `${sign} ${harmless(name)}`, 0, 2)).join('\n')
    }
    case 'facts':
      return part.facts
        .filter(([, text]) => text !== '')
        .map((fact) => sayFact(fact, look))
        .join('\n')
    case 'code':
      return sayExcerpt(part, look)
    case 'others':
      return sayOthers(part, look)
    case 'printed':
      return sayPrinted(part.text, look)
  }
}

const labelWidth = 10

function sayFact([label, text]: readonly [label: string, text: string], look: Look): string {
  if (label === '') return wrap(look, harmless(text), 2)
  const wrapped = wrap(look, harmless(text), labelWidth + 2)
  return `  ${paint(look, 'dim', label.padEnd(labelWidth))}${wrapped.trimStart()}`
}

const longest = 400 // characters of the marked line

/** Some lines of a file, of which the one that matters is marked. */
export function sayExcerpt({ file, line, lines }: Excerpt, look: Look): string {
  const digits = String(lines.at(-1)?.number).length
  const numbered = lines.map(({ number, code }) => {
    const place = String(number).padStart(digits)
    if (number !== line)
      return paint(look, 'dim', cut(`    ${place}  ${code}`.trimEnd(), look.columns))
    const wrapped = wrap(look, cut(code, longest), digits + 6, 2).slice(digits + 6)
    return paint(look, 'strong', `  > ${place}  ${wrapped}`)
  })
  return [paint(look, 'code', `  ${file}:${line}`), ...numbered].join('\n')
}

function sayOthers({ names, rest }: Part & { kind: 'others' }, look: Look): string {
  if (names.length === 0) return ''
  const sign = look.plain ? '' : '✗ '
  const shown = names.map((name) => wrap(look, sign + harmless(name), 2, sign.length))
  const title = names.length === 1 ? 'This one fails too:' : 'These fail too:'
  const lines = [title, ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])]
  return paint(look, 'dim', lines.join('\n'))
}

const mostPrinted = 8

function sayPrinted(text: string, look: Look): string {
  const lines = harmless(text).trimEnd().split('\n')
  if (lines.join('') === '') return ''
  const shown = lines.slice(0, mostPrinted).map((line) => `  ${cut(line, look.columns - 2)}`)
  const rest = lines.length > mostPrinted ? ['  …'] : []
  return [paint(look, 'dim', 'Printed while it was checked:'), ...shown, ...rest].join('\n')
}
