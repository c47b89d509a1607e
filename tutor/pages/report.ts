import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult, Failure } from '../../lessons/checks.ts'
import type { Exchange } from '../../lessons/exchange.ts'
import { attemptFile, isShipped } from '../journey/attempt.ts'
import type { Lesson } from '../journey/course.ts'
import { plainText } from '../journey/own-file.ts'
import type { Verdict } from '../judge/verdict.ts'
import { cut } from '../terminal/look.ts'
import { sayBroken } from './broken.ts'
import { checkAround, type Excerpt, lineInChecks, linesAround, placesIn } from './excerpt.ts'

/** One thing that there is to see of a verdict. Whatever is empty is not shown. Texts may come from the learner's code. */
export type Part =
  | { readonly kind: 'note' | 'good' | 'bad' | 'remark' | 'dim'; readonly text: string }
  | { readonly kind: 'passed'; readonly names: readonly string[] }
  /** What was called, answered and expected, each with its label; the label of a sentence is empty. */
  | {
      readonly kind: 'facts'
      readonly facts: ReadonlyArray<readonly [label: string, text: string]>
    }
  | ({ readonly kind: 'code' } & Excerpt)
  /** The names of other checks that failed, and how many are not named. */
  | { readonly kind: 'others'; readonly names: readonly string[]; readonly rest: number }
  | { readonly kind: 'printed'; readonly text: string }

interface Place {
  readonly root: string
  readonly lesson: Lesson
}

/**
 * A verdict, part by part: that the exercise is as it comes, where it is; what passed; then what there is to look at:
 * the first thing, and the names of the others.
 */
export function reportOf(verdict: Verdict, place: Place): Part[] {
  const isAsItComes = verdict.kind === 'failed' && isShipped(place.root, place.lesson, verdict.text)
  return [
    { kind: 'note', text: isAsItComes ? asItComes : '' },
    ...bodyOf(verdict, place),
    { kind: 'printed', text: verdict.printed },
  ]
}

const asItComes = 'Nothing is wrong: this is how the exercise comes. Read the page first.'

function bodyOf(verdict: Verdict, place: Place): Part[] {
  const { lesson } = place
  const file = attemptFile(lesson)
  switch (verdict.kind) {
    case 'passed': {
      const remarks = verdict.results.flatMap(({ remark = [] }) => remark).join('\n')
      return [
        passed(namesOf(verdict.results)),
        { kind: 'good', text: 'All checks pass.' },
        { kind: 'remark', text: remarks },
      ]
    }
    case 'failed':
      return [...failedParts(verdict.results, verdict.text, place), unrun(verdict)]
    case 'types': {
      const { problems } = verdict
      const [{ line, column, message, isSyntax } = { line: 1, column: 1, message: '' }] = problems
      const said =
        isSyntax === true
          ? `${file} cannot be read: something is wrong at or before line ${line}`
          : `${file} does not type-check: line ${line}, column ${column}`
      const asks = unawaited.test(message) ? '\nIs an await missing?' : ''
      return [
        passed([]),
        { kind: 'bad', text: said },
        { kind: 'facts', facts: [['', `${message}${asks}`]] },
        { kind: 'code', ...linesAround(verdict.text, { file, line }) },
        { kind: 'dim', text: `${moreProblems(problems.length - 1)}${checksWait}` },
      ]
    }
    case 'broken': {
      const { names, broke, text } = verdict
      const failure = 'failure' in broke ? failureParts(broke.failure, text, place) : []
      return [passed(names), { kind: 'bad', text: sayBroken(verdict, lesson) }, ...failure]
    }
  }
}

function passed(names: readonly string[]): Part {
  return { kind: 'passed', names }
}

/** A promise in the place of its value: TypeScript asks for the await only in some of these cases. */
const unawaited =
  /type 'Promise<.*' is not assignable to (parameter of )?type '(?!Promise)|(on type|this) 'Promise</i

type Results = readonly CheckResult[]

function failedParts(results: Results, text: string, place: Place): Part[] {
  const at = results.findIndex(({ failure }) => failure !== undefined)
  const { name = '', failure } = results[at] ?? {}
  const others = results.slice(at + 1).filter((result) => result.failure !== undefined)
  return [
    passed(namesOf(results.slice(0, at))),
    { kind: 'bad', text: name },
    ...(failure === undefined ? [] : failureParts(failure, text, place)),
    alsoFailed(namesOf(others)),
  ]
}

/** What ended the process, or had no end, is told in full when it comes first. */
function unrun({ results, of = results.length }: { results: Results; of?: number }): Part {
  const many = `${of - results.length} checks gave no result: one of them`
  const who = ['', '1 check gave no result: it'][of - results.length] ?? many
  return { kind: 'dim', text: who && `${who} did not come to its end.` }
}

function namesOf(results: Results): string[] {
  return results.map(({ name }) => name)
}

function failureParts(failure: Failure, text: string, place: Place): Part[] {
  const file = attemptFile(place.lesson)
  const { said, actual = '', expected, exchange, stack } = failure
  const [thrownAt] = placesIn(stack, file)
  const about =
    expected === undefined
      ? (['', said.replace(/^it threw /, 'It threw ')] as const)
      : ([isCall(said) ? 'call' : 'about', said] as const)
  return [
    { kind: 'facts', facts: [about, ['answer', actual], ['expected', expected ?? '']] },
    ...(exchange === undefined ? [] : [exchanged(exchange, failure)]),
    ...(thrownAt === undefined ? [] : [code(linesAround(text, { file, line: thrownAt }))]),
    ...decided(stack, place),
  ]
}

const code = (excerpt: Excerpt): Part => ({ kind: 'code', ...excerpt })

/** The check that the failure was noticed in, with the line that decided. */
function decided(stack: string, { root, lesson }: Place): Part[] {
  const file = `lessons/${lesson.slug}/check.ts`
  const places = placesIn(stack, file)
  if (places.length === 0 || !existsSync(join(root, file))) return []
  const text = plainText(readFileSync(join(root, file), 'utf8'))
  const line = lineInChecks(text, places)
  return line === undefined ? [] : [code(checkAround(text, { file, line }))]
}

/** Whether it reads like `decode("a.b")`, and not like a sentence. */
function isCall(said: string): boolean {
  return /^[\w.]+\(.*[)…]$/s.test(said)
}

function exchanged({ request, answer }: Exchange, failure: Failure): Part {
  const { method, path } = request
  const asked = [`${method} ${path}`, ...sayHeaders(request.headers), ...sayBody(request.body)]
  const answered =
    answer === undefined
      ? ['none came']
      : [`${answer.status}`, ...tellingHeaders(answer.headers, failure), ...sayBody(answer.body)]
  const facts = [
    ['request', asked.join('\n')],
    ['response', answered.join('\n')],
  ] as const
  return { kind: 'facts', facts }
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

/** They may have run beside TypeScript, but nothing is said of them. */
const checksWait = 'The checks come next, once TypeScript is content.'

function moreProblems(count: number): string {
  if (count <= 0) return ''
  const problems = count === 1 ? 'type problem' : 'type problems'
  return `${count} more ${problems} in this file.\n`
}

const mostNames = 6

/** The other checks that failed, by name: somebody may want to begin with one of them. */
function alsoFailed(names: readonly string[]): Part {
  const most = names.length === mostNames + 1 ? names.length : mostNames // "and 1 more" is a line, too
  const shown = names.slice(0, most)
  return { kind: 'others', names: shown, rest: names.length - shown.length }
}
