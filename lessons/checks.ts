import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'
import { type Exchange, forgetExchanges, lastExchange } from './exchange.ts'

/** The checks of one lesson: each name is a promise, each function throws where it is not kept. */
export type Checks<Lesson> = Readonly<Record<string, (lesson: Lesson) => void | Promise<void>>>

/** How one check ended. */
export interface CheckResult {
  readonly name: string
  /** Absent when it passed. */
  readonly failure?: Failure
}

/** What a failed check can tell. All of it is text, so that it can travel between processes. */
export interface Failure {
  /** The call that was made, or what was found wrong. Empty where the comparison says it all. */
  readonly said: string
  readonly actual?: string
  readonly expected?: string
  /** The last request of this check and its answer, where it sent one. */
  readonly exchange?: Exchange
  /** Where it was noticed; the first lines name the deciding ones. */
  readonly stack: string
}

/** Runs the checks in their order, each whether or not the one before it passed. */
export async function* runChecks<Lesson>(
  checks: Checks<Lesson>,
  lesson: Lesson,
): AsyncGenerator<CheckResult> {
  for (const [name, check] of Object.entries(checks)) {
    forgetExchanges()
    try {
      await check(lesson)
      yield { name }
    } catch (error) {
      yield { name, failure: failureOf(error) }
    }
  }
}

/** Writes a call the way a reader would type it: `decode("a.b")`, cut where it is long. */
export function call(name: string, ...args: readonly unknown[]): string {
  return `${name}(${args.map((arg) => cut(show(arg), 160)).join(', ')})`
}

function failureOf(error: unknown): Failure {
  const exchange = lastExchange()
  const noted = exchange === undefined ? {} : { exchange }
  if (!(error instanceof AssertionError))
    return { said: `it threw ${say(error)}`, stack: stackOf(error), ...noted }
  const compared = error.operator !== 'fail' && !error.operator?.match(/throw|reject|match/i)
  return {
    said: compared ? ownWords(error) : error.message,
    ...(compared ? { actual: show(error.actual), expected: show(error.expected) } : {}),
    ...noted,
    stack: stackOf(error),
  }
}

/** node writes a comparison of its own below the message, or in its place. */
function ownWords({ generatedMessage, message }: AssertionError): string {
  return generatedMessage ? '' : (message.split('\n\n')[0] ?? '')
}

function say(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : show(error)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : ''
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return inspect(value, { depth: 5, breakLength: 80, maxArrayLength: 20, maxStringLength: 400 })
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}
