import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { CheckResult, Failure } from '../lessons/checks.ts'
import type { Exchange } from '../lessons/exchange.ts'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import { excerpt, placeIn } from './excerpt.ts'
import { type Look, paint, wrap } from './look.ts'
import type { Verdict } from './verdict.ts'

/** Says a verdict: what passed in a line each, and of what failed the first only. */
export function sayVerdict(verdict: Verdict, context: Context): string {
  const sections = [...body(verdict, context), printedBy(verdict, context.look)]
  return sections.filter((section) => section !== '').join('\n\n')
}

interface Context {
  readonly root: string
  readonly lesson: Lesson
  readonly look: Look
  /** The file that was judged, where it is not the learner's copy. */
  readonly file?: string
}

function body(verdict: Verdict, context: Context): string[] {
  const { look, root, lesson, file = attemptFile(lesson) } = context
  switch (verdict.kind) {
    case 'passed':
      return [verdict.names.map((name) => passedLine(name, look)).join('\n')]
    case 'failed':
      return failedSections(verdict.results, context)
    case 'types': {
      const [{ line, column, message } = { line: 1, column: 1, message: '' }] = verdict.problems
      return [
        bad(look, `${file} does not type-check: line ${line}, column ${column}`),
        wrap(look, message, 2),
        excerpt(read(root, file), { file, line, look }),
        more(verdict.problems.length - 1, 'type problem', look),
      ]
    }
    case 'broken': {
      const line = placeIn(verdict.stack, file)
      const shown = line === undefined ? '' : excerpt(read(root, file), { file, line, look })
      return [bad(look, verdict.said), shown]
    }
  }
}

function failedSections(results: readonly CheckResult[], context: Context): string[] {
  const { look } = context
  const at = results.findIndex(({ failure }) => failure !== undefined)
  const passed = results.slice(0, at).map(({ name }) => passedLine(name, look))
  const { name = '', failure } = results[at] ?? {}
  const failed = results.filter((result) => result.failure !== undefined).length
  return [
    [...passed, bad(look, name)].join('\n'),
    ...(failure === undefined ? [] : failureSections(failure, context)),
    more(failed - 1, 'check', look),
  ]
}

function failureSections(failure: Failure, { look, root, lesson, file }: Context): string[] {
  const { said, actual, expected, exchange, stack } = failure
  const attempt = file ?? attemptFile(lesson)
  const check = `lessons/${lesson.slug}/check.ts`
  const rows = [
    row('asked', said, look),
    row('answer', actual, look),
    row('expected', expected, look),
  ]
  const thrownAt = placeIn(stack, attempt)
  const decidedAt = placeIn(stack, check)
  return [
    rows.filter((line) => line !== '').join('\n'),
    exchange === undefined ? '' : sayExchange(exchange, look),
    thrownAt === undefined
      ? ''
      : excerpt(read(root, attempt), { file: attempt, line: thrownAt, look }),
    decidedAt === undefined
      ? ''
      : excerpt(read(root, check), { file: check, line: decidedAt, look }),
  ]
}

const labelWidth = 10

function row(label: string, text: string | undefined, look: Look): string {
  if (text === undefined || text === '') return ''
  const wrapped = wrap(look, stripVTControlCharacters(text), labelWidth + 2)
  return `  ${paint(look, 'dim', label.padEnd(labelWidth))}${wrapped.trimStart()}`
}

function sayExchange({ request, answer }: Exchange, look: Look): string {
  const { method, path, headers, body } = request
  const asked = [`${method} ${path}`, ...sayHeaders(headers), ...sayBody(body)].join('\n')
  const answered =
    answer === undefined
      ? 'none came'
      : [`${answer.status}`, ...sayHeaders(answer.headers), ...sayBody(answer.body)].join('\n')
  return `${row('request', asked, look)}\n${row('response', answered, look)}`
}

const longestBody = 300

function sayBody(body: string): string[] {
  if (body === '') return []
  return [
    '',
    body.length <= longestBody
      ? body
      : `${body.slice(0, longestBody)}… (${body.length} characters)`,
  ]
}

/** What node adds by itself says nothing about the exercise. */
const unsaid = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']

function sayHeaders(headers: Readonly<Record<string, string>>): string[] {
  const said = Object.entries(headers).filter(([name]) => !unsaid.includes(name))
  return said.map(([name, value]) => `${name}: ${value}`)
}

function printedBy({ printed }: Verdict, look: Look): string {
  const text = stripVTControlCharacters(printed).trimEnd()
  if (text === '') return ''
  const lines = text.split('\n')
  const shown = lines.slice(0, 8).map((line) => `  ${line.slice(0, look.columns - 4)}`)
  const rest = lines.length > 8 ? ['  …'] : []
  return [paint(look, 'dim', 'Printed meanwhile:'), ...shown, ...rest].join('\n')
}

function more(count: number, what: string, look: Look): string {
  if (count <= 0) return ''
  return paint(
    look,
    'dim',
    `${count} more ${what}${count === 1 ? '' : 's'} to look at after this one.`,
  )
}

function passedLine(name: string, look: Look): string {
  return `${paint(look, 'good', '✓')} ${wrap(look, name, 2).trimStart()}`
}

function bad(look: Look, text: string): string {
  return paint(look, 'bad', `✗ ${wrap(look, text, 2).trimStart()}`)
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
