import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult, Failure } from '../../lessons/checks.ts'
import type { Exchange } from '../../lessons/exchange.ts'
import { attemptFile, isShipped } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import { plainText } from '../journey/own-file.ts'
import type { Verdict } from '../judge/verdict.ts'
import { harmless } from '../terminal/harmless.ts'
import { cut, type Look, paint, wrap } from '../terminal/look.ts'
import { sayBroken } from './broken.ts'
import { excerpt, excerptOfCheck, lineInChecks, placesIn } from './excerpt.ts'

interface ReportContext {
  readonly root: string
  readonly lesson: Lesson
  readonly look: Look
}

/**
 * Says a verdict in sections: that the exercise is as it comes, where it is; what passed, in a line each;
 * then what there is to look at: the first thing, and the names of the others. Empty sections are left
 * out by `page`.
 */
export function sayVerdict(verdict: Verdict, context: ReportContext): string[] {
  const { root, lesson, look } = context
  const isAsItComes = verdict.kind === 'failed' && isShipped(root, lesson, verdict.text)
  return [
    isAsItComes ? wrap(look, asItComes) : '',
    ...body(verdict, context),
    printedBy(verdict, look),
  ]
}

const asItComes = 'Nothing is wrong: this is how the exercise comes. Read the page first.'

function body(verdict: Verdict, context: ReportContext): string[] {
  const { look, lesson } = context
  const file = attemptFile(lesson)
  switch (verdict.kind) {
    case 'passed': {
      const remarks = verdict.results.flatMap(({ remark = [] }) => remark).join('\n')
      const allPass = paint(look, 'good', 'All checks pass.')
      return [passed(namesOf(verdict.results), look), allPass, wrap(look, harmless(remarks), 2, 4)]
    }
    case 'failed':
      return failedSections(verdict.results, verdict.text, context)
    case 'types': {
      const { problems } = verdict
      const [{ line, column, message, isSyntax } = { line: 1, column: 1, message: '' }] = problems
      const said =
        isSyntax === true
          ? `${file} cannot be read: something is wrong at or before line ${line}`
          : `${file} does not type-check: line ${line}, column ${column}`
      const asks = unawaited.test(message) ? '\nIs an await missing?' : ''
      return [
        '',
        bad(look, said),
        wrap(look, harmless(`${message}${asks}`), 2),
        excerpt(verdict.text, { file, line, look }),
        paint(look, 'dim', wrap(look, `${moreProblems(problems.length - 1)}${checksWait}`)),
      ]
    }
    case 'broken': {
      const { names, broke, text } = verdict
      const failure = 'failure' in broke ? failureSections(broke.failure, text, context) : []
      return [passed(names, look), bad(look, sayBroken(verdict, lesson)), ...failure]
    }
  }
}

/** A promise in the place of its value: TypeScript asks for the await only in some of these cases. */
const unawaited =
  /type 'Promise<.*' is not assignable to (parameter of )?type '(?!Promise)|(on type|this) 'Promise</i

type Results = readonly CheckResult[]

function failedSections(results: Results, text: string, context: ReportContext): string[] {
  const { look } = context
  const at = results.findIndex(({ failure }) => failure !== undefined)
  const { name = '', failure } = results[at] ?? {}
  const others = results.slice(at + 1).filter((result) => result.failure !== undefined)
  return [
    passed(namesOf(results.slice(0, at)), look),
    bad(look, name),
    ...(failure === undefined ? [] : failureSections(failure, text, context)),
    alsoFailed(namesOf(others), look),
  ]
}

function namesOf(results: Results): string[] {
  return results.map(({ name }) => name)
}

function failureSections(failure: Failure, text: string, context: ReportContext): string[] {
  const { look, lesson } = context
  const file = attemptFile(lesson)
  const { said, actual, expected, exchange, stack } = failure
  const [thrownAt] = placesIn(stack, file)
  const about =
    expected === undefined
      ? wrap(look, harmless(said.replace(/^it threw /, 'It threw ')), 2)
      : row(isCall(said) ? 'call' : 'about', said, look)
  const rows = [about, row('answer', actual, look), row('expected', expected, look)]
  return [
    rows.filter((line) => line !== '').join('\n'),
    exchange === undefined ? '' : sayExchange(exchange, failure, look),
    thrownAt === undefined ? '' : excerpt(text, { file, line: thrownAt, look }),
    decided(stack, context),
  ]
}

/** The check that the failure was noticed in, with the line that decided. */
function decided(stack: string, { root, lesson, look }: ReportContext): string {
  const file = `lessons/${lesson.slug}/check.ts`
  const places = placesIn(stack, file)
  if (places.length === 0 || !existsSync(join(root, file))) return ''
  const text = plainText(readFileSync(join(root, file), 'utf8'))
  const line = lineInChecks(text, places)
  return line === undefined ? '' : excerptOfCheck(text, { file, line, look })
}

/** Whether it reads like `decode("a.b")`, and not like a sentence. */
function isCall(said: string): boolean {
  return /^[\w.]+\(.*[)…]$/s.test(said)
}

const labelWidth = 10

function row(label: string, text: string | undefined, look: Look): string {
  if (text === undefined || text === '') return ''
  const wrapped = wrap(look, harmless(text), labelWidth + 2)
  return `  ${paint(look, 'dim', label.padEnd(labelWidth))}${wrapped.trimStart()}`
}

function sayExchange({ request, answer }: Exchange, failure: Failure, look: Look): string {
  const { method, path } = request
  const asked = [`${method} ${path}`, ...sayHeaders(request.headers), ...sayBody(request.body)]
  const answered =
    answer === undefined
      ? ['none came']
      : [`${answer.status}`, ...tellingHeaders(answer.headers, failure), ...sayBody(answer.body)]
  return `${row('request', asked.join('\n'), look)}\n${row('response', answered.join('\n'), look)}`
}

const headerWidth = 68 // a line of a terminal with 80 columns

/** What node adds by itself says nothing about the exercise. */
const unsaid = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']

type Headers = Exchange['request']['headers']

function sayHeaders(headers: Headers, isShown = (_name: string) => true): string[] {
  return Object.entries(headers)
    .filter(([name]) => !unsaid.includes(name) && isShown(name))
    .flatMap(([name, value]) => value.split('\n').map((one) => `${name}: ${shorten(one)}`))
    .map((header) => cut(header, headerWidth))
}

/** Of a token, so much that one can tell that it is one: what stands behind it may decide. */
function shorten(value: string): string {
  return value.replaceAll(/(\beyJ[\w-]{7})[\w-]*\.[\w-]*\.[\w-]*/g, '$1…')
}

/** What a client goes by. */
const telling = ['www-authenticate', 'allow', 'content-type', 'set-cookie', 'location']

/** Of the response, what a client goes by and what the check has compared; the rest is counted. */
function tellingHeaders(headers: Headers, { said, actual, expected }: Failure): string[] {
  const compared = `${said} ${actual} ${expected}`.toLowerCase().split(/[^\w-]+/)
  const shown = sayHeaders(headers, (name) => [...telling, ...compared].includes(name))
  const rest = sayHeaders(headers).length - shown.length
  const others = rest === 1 ? '1 other header' : `${rest} other headers`
  return rest === 0 ? shown : [...shown, `… and ${others}`]
}

function sayBody(body: string): string[] {
  return body === '' ? [] : ['', body]
}

const mostLines = 8

function printedBy({ printed }: Verdict, look: Look): string {
  const lines = harmless(printed).trimEnd().split('\n')
  if (lines.join('') === '') return ''
  const shown = lines.slice(0, mostLines).map((line) => `  ${cut(line, look.columns - 2)}`)
  const rest = lines.length > mostLines ? ['  …'] : []
  return [paint(look, 'dim', 'Printed while it was checked:'), ...shown, ...rest].join('\n')
}

/** They may have run beside TypeScript, but nothing is said of them. */
const checksWait = 'The checks come next, once TypeScript is content.'

function moreProblems(count: number): string {
  if (count <= 0) return ''
  const problems = count === 1 ? 'type problem' : 'type problems'
  return `${count} more ${problems} in this file.\n`
}

const mostNames = 6

/** The other checks that failed, by name: somebody may want to begin with one of them. */
function alsoFailed(names: readonly string[], look: Look): string {
  if (names.length === 0) return ''
  const sign = look.plain ? '' : '✗ '
  const most = names.length === mostNames + 1 ? names.length : mostNames // "and 1 more" is a line, too
  const shown = names
    .slice(0, most)
    .map((name) => wrap(look, sign + harmless(name), 2, sign.length))
  const rest = names.length - most
  const title = names.length === 1 ? 'This one fails too:' : 'These fail too:'
  const lines = [title, ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])]
  return paint(look, 'dim', lines.join('\n'))
}

function passed(names: readonly string[], look: Look): string {
  const sign = look.plain ? 'passed:' : paint(look, 'good', '✓')
  return names.map((name) => wrap(look, `${sign} ${harmless(name)}`, 0, 2)).join('\n')
}

function bad(look: Look, text: string): string {
  return paint(look, 'bad', wrap(look, `${look.plain ? 'failed:' : '✗'} ${harmless(text)}`, 0, 2))
}
