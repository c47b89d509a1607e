import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'
import { type Exchange, NoAnswer } from './exchange.ts'

/** What a failed check can tell: text of a bounded length, so that it can travel between processes. */
export interface Failure {
  /** The call that was made, or what was found wrong. Empty where the comparison says it all. */
  readonly said: string
  readonly actual?: string
  /** Present where two values were compared: then `said` is what was asked. */
  readonly expected?: string
  /** The last request of this check and its answer, where it sent one. */
  readonly exchange?: Exchange
  /** Where it was noticed; the first lines name the deciding ones. */
  readonly stack: string
}

const longest = { value: 600, string: 400, said: 500, body: 200, stack: 4000 }
const mostHeaders = 30

/** Puts into words what was thrown, and which request was the last before it. */
export function failureOf(error: unknown, exchange?: Exchange): Failure {
  return {
    ...whatWasWrong(error),
    ...(exchange === undefined ? {} : { exchange: shorten(exchange) }),
    stack: stackOf(error),
  }
}

function whatWasWrong(error: unknown): Omit<Failure, 'stack'> {
  if (error instanceof AssertionError) return whatDiffered(error)
  const said = error instanceof NoAnswer ? error.message : `it threw ${say(error)}`
  return { said: cut(said, longest.said) }
}

function whatDiffered(error: AssertionError): Omit<Failure, 'stack'> {
  const { operator = '', actual, expected, generatedMessage } = error
  const said = cut(ownWords(error), longest.said)
  const answer = sayAnswer(actual)
  if (/throw|reject/i.test(operator) && actual instanceof Error)
    return { said, actual: cut(`it threw ${say(actual)}`, longest.said) }
  if (/^(fail|ifError)$|throw|reject/i.test(operator)) return { said }
  if (operator === '==' && !generatedMessage)
    return typeof actual === 'boolean' ? { said } : { said, actual: answer }
  if (operator === '==') return { said, actual: answer, expected: 'anything that counts as true' }
  if (/match/i.test(operator) && !generatedMessage) return { said, actual: answer }
  return { said, actual: answer, expected: sayExpected(operator, actual, expected) }
}

/** Many a check answers what was thrown in words of its own. */
function sayAnswer(actual: unknown): string {
  const thrown = typeof actual === 'string' && actual.startsWith('it threw ')
  return thrown ? cut(actual, longest.said) : show(actual)
}

function sayExpected(operator: string, actual: unknown, expected: unknown): string {
  if (operator === 'match') return `a text that matches ${show(expected)}`
  if (operator === 'doesNotMatch') return `a text that does not match ${show(expected)}`
  if (operator.startsWith('not')) return `anything but ${show(expected)}`
  return `${show(expected)}${whereTheyDiffer(actual, expected)}`
}

/** Nobody finds one letter in two tokens by eye. */
function whereTheyDiffer(actual: unknown, expected: unknown): string {
  if (typeof actual !== 'string' || typeof expected !== 'string') return ''
  if (Math.min(actual.length, expected.length) < 40) return ''
  let same = 0
  while (same < actual.length && actual[same] === expected[same]) same += 1
  if (same === 0) return ''
  return `\nThey differ from character ${same + 1} on.`
}

/** node writes a comparison of its own below the message, or in its place, or something before it. */
function ownWords({ generatedMessage, message, operator }: AssertionError): string {
  const [first = ''] = message.split(/\n\n|\n\+ actual - expected/)
  if (generatedMessage && !/fail|throw|reject/i.test(operator ?? '')) return ''
  return first.replace(/^Missing expected (exception|rejection)( \([^)]*\))?: /, '')
}

function say(error: unknown): string {
  return orElse('an error that cannot be shown', () =>
    error instanceof Error ? `${error.name}: ${error.message}` : show(error),
  )
}

/** The frames alone where there are any: the message before them may be long. */
function stackOf(error: unknown): string {
  const stack = orElse('', () => (error instanceof Error ? `${error.stack}` : ''))
  return cut(stack.slice(Math.max(0, stack.indexOf('\n    at '))), longest.stack)
}

/** A value as a reader would type it, cut where it is long. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  const options = { depth: 5, breakLength: 66, maxArrayLength: 20, maxStringLength: longest.string }
  return cut(
    orElse('a value that cannot be shown', () => inspect(value, options)),
    longest.value,
  )
}

/** What the learner throws or gives may throw when it is looked at. */
function orElse(otherwise: string, look: () => string): string {
  try {
    return look()
  } catch {
    return otherwise
  }
}

function quote(text: string): string {
  if (text.length <= longest.string) return JSON.stringify(text)
  return `${JSON.stringify(text.slice(0, longest.string))}… (${text.length} characters)`
}

function shorten({ request, answer }: Exchange): Exchange {
  const asked = { ...request, body: shortBody(request.body), headers: shortAll(request.headers) }
  if (answer === undefined) return { request: asked }
  const answered = { ...answer, body: shortBody(answer.body), headers: shortAll(answer.headers) }
  return { request: asked, answer: answered }
}

function shortAll(headers: Readonly<Record<string, string>>): Record<string, string> {
  const short = Object.entries(headers).map(([name, value]) => {
    const lines = value.split('\n').slice(0, mostHeaders)
    return [name, lines.map((line) => cut(line, longest.body)).join('\n')]
  })
  return Object.fromEntries(short.slice(0, mostHeaders))
}

function shortBody(body: string): string {
  return body.length <= longest.body
    ? body
    : `${cut(body, longest.body)} (${body.length} characters)`
}

/** The beginning of a text, and a sign where there is more of it. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`
}
