import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult, Failure } from '../lessons/checks.ts'
import type { Exchange } from '../lessons/exchange.ts'
import { attemptFile } from './attempt.ts'
import type { Lesson } from './course.ts'
import { excerpt, excerptOfCheck, placesIn } from './excerpt.ts'
import { harmless } from './harmless.ts'
import { cut, type Look, paint, wrap } from './look.ts'
import type { Verdict } from './verdict.ts'

export interface ReportContext {
  readonly root: string
  readonly lesson: Lesson
  readonly look: Look
  /** The file that was judged, where it is not the learner's copy. */
  readonly file?: string
}

/**
 * Says a verdict in sections: first what passed, in a line each, then what there is to look at, of which
 * the first thing only. Empty sections are left out by `page`.
 */
export function sayVerdict(verdict: Verdict, context: ReportContext): string[] {
  return [...body(verdict, context), printedBy(verdict, context.look)]
}

function body(verdict: Verdict, context: ReportContext): string[] {
  const { look, lesson, file = attemptFile(lesson) } = context
  switch (verdict.kind) {
    case 'passed':
      return [passed(verdict.names, look), paint(look, 'good', 'All checks pass.')]
    case 'failed':
      return failedSections(verdict.results, verdict.text, context)
    case 'types': {
      const { problems } = verdict
      const [{ line, column, message } = { line: 1, column: 1, message: '' }] = problems
      return [
        '',
        bad(look, `${file} does not type-check: line ${line}, column ${column}`),
        wrap(look, harmless(message), 2),
        excerpt(verdict.text, { file, line, look }),
        more(problems.length - 1, 'type problem', look),
      ]
    }
    case 'broken':
      return [
        passed(verdict.names, look),
        bad(look, verdict.said),
        ...(verdict.failure === undefined
          ? []
          : failureSections(verdict.failure, verdict.text, context)),
      ]
  }
}

function failedSections(
  results: readonly CheckResult[],
  text: string,
  context: ReportContext,
): string[] {
  const { look } = context
  const at = results.findIndex(({ failure }) => failure !== undefined)
  const { name = '', failure } = results[at] ?? {}
  const failed = results.filter((result) => result.failure !== undefined).length
  return [
    passed(
      results.slice(0, at).map((result) => result.name),
      look,
    ),
    bad(look, name),
    ...(failure === undefined ? [] : failureSections(failure, text, context)),
    more(failed - 1, 'check', look),
  ]
}

function failureSections(failure: Failure, text: string, context: ReportContext): string[] {
  const { look, root, lesson, file = attemptFile(lesson) } = context
  const { said, actual, expected, exchange, stack } = failure
  const check = `lessons/${lesson.slug}/check.ts`
  const [thrownAt] = placesIn(stack, file)
  const decidedAt = placesIn(stack, check).at(-1) // not in a helper of the checks, but in the check
  return [
    [
      expected === undefined ? sentence(said, look) : row('asked', said, look),
      row('answer', actual, look),
      row('expected', expected, look),
    ]
      .filter((line) => line !== '')
      .join('\n'),
    exchange === undefined ? '' : sayExchange(exchange, look),
    thrownAt === undefined ? '' : excerpt(text, { file, line: thrownAt, look }),
    decidedAt === undefined || !existsSync(join(root, check))
      ? ''
      : excerptOfCheck(readFileSync(join(root, check), 'utf8'), {
          file: check,
          line: decidedAt,
          look,
        }),
  ]
}

function sentence(said: string, look: Look): string {
  return wrap(look, harmless(said.replace(/^it threw /, 'It threw ')), 2)
}

const labelWidth = 10

function row(label: string, text: string | undefined, look: Look): string {
  if (text === undefined || text === '') return ''
  const wrapped = wrap(look, harmless(text), labelWidth + 2)
  return `  ${paint(look, 'dim', label.padEnd(labelWidth))}${wrapped.trimStart()}`
}

function sayExchange({ request, answer }: Exchange, look: Look): string {
  const { method, path } = request
  const asked = [`${method} ${path}`, ...sayMessage(request)]
  const answered =
    answer === undefined ? ['none came'] : [`${answer.status}`, ...sayMessage(answer)]
  return `${row('request', asked.join('\n'), look)}\n${row('response', answered.join('\n'), look)}`
}

const headerWidth = 68 // a line of a terminal with 80 columns

/** What node adds by itself says nothing about the exercise. */
const unsaid = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']

function sayMessage({ headers, body }: Pick<Exchange['request'], 'headers' | 'body'>): string[] {
  const said = Object.entries(headers).filter(([name]) => !unsaid.includes(name))
  const lines = said.map(([name, value]) => cut(`${name}: ${value}`, headerWidth))
  return [...lines, ...(body === '' ? [] : ['', body])]
}

const mostLines = 8

function printedBy({ printed }: Verdict, look: Look): string {
  const lines = harmless(printed).trimEnd().split('\n')
  if (lines.join('') === '') return ''
  const shown = lines.slice(0, mostLines).map((line) => `  ${cut(line, look.columns - 2)}`)
  const rest = lines.length > mostLines ? ['  …'] : []
  return [paint(look, 'dim', 'Printed meanwhile:'), ...shown, ...rest].join('\n')
}

function more(count: number, what: string, look: Look): string {
  if (count <= 0) return ''
  const things = count === 1 ? what : `${what}s`
  return paint(look, 'dim', wrap(look, `${count} more ${things} to look at after this one.`))
}

function passed(names: readonly string[], look: Look): string {
  const sign = look.plain ? 'passed:' : paint(look, 'good', '✓')
  return names.map((name) => wrap(look, `${sign} ${harmless(name)}`, 0, 2)).join('\n')
}

function bad(look: Look, text: string): string {
  return paint(look, 'bad', wrap(look, `${look.plain ? 'failed:' : '✗'} ${harmless(text)}`, 0, 2))
}
