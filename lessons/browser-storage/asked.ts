import { Readable } from 'node:stream'
import type { Origins } from '../../example/http/same-origin.ts'
import type { HttpRequest } from '../../example/http/types.ts'
import { disagreement } from '../disagree.ts'
import { practice } from './set-cookie.ts'
import type { Transport } from './shop.ts'

type Headers = Readonly<Record<string, string>>
type Guard = Pick<Transport, 'requireSameOrigin'>

const letIn = 'it lets the request in'

/** Fails unless this is read from a POST with these headers: a token, nothing, or a refusal with the status 400. */
export function reads(
  { readToken }: Pick<Transport, 'readToken'>,
  headers: Headers,
  wanted: string | undefined | 400,
): void {
  const call = () => readToken(requestWith(headers), { cookie: practice })
  compare(reads, `readToken of a request with ${say(headers)}`, call, wanted)
}

/** Fails unless a POST with these headers is let in. */
export function letsIn(lesson: Guard, who: string, headers: Headers, origins: Origins = {}): void {
  compare(letsIn, asked(who, headers, origins), guard(lesson, headers, origins), letIn)
}

/** Fails unless a POST with these headers is refused with the status 403. */
export function refuses(lesson: Guard, who: string, headers: Headers, origins: Origins = {}): void {
  compare(refuses, asked(who, headers, origins), guard(lesson, headers, origins), 403)
}

function guard({ requireSameOrigin }: Guard, headers: Headers, origins: Origins) {
  return () => {
    requireSameOrigin(requestWith(headers), origins)
    return letIn
  }
}

/** A request that nobody sent. */
function requestWith(headers: Headers): HttpRequest {
  const head = { method: 'POST', url: '/order', headers: { ...headers }, socket: {} }
  return Object.assign(Readable.from([]), head)
}

function asked(who: string, headers: Headers, origins: Origins): string {
  const known = Object.entries(origins).map(([name, value]) => `, where ${name} is ${value}`)
  return `requireSameOrigin of ${who}, with ${say(headers)}${known.join()}`
}

function say(headers: Headers): string {
  const all = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return all.join(' · ') || 'no headers'
}

/** A number stands for the status of an HttpError that is thrown. */
function compare(
  helper: (...args: never[]) => unknown,
  what: string,
  call: () => string | undefined,
  wanted: string | undefined | number,
): void {
  let [actual, status, thrown]: unknown[] = []
  try {
    actual = call()
  } catch (error) {
    thrown = error
    status = Object(error).status
    actual = status === undefined ? `it threw ${error}` : `it threw an HttpError ${status}`
  }
  if (thrown === undefined ? actual === wanted : status === wanted) return
  const expected = typeof wanted === 'number' ? `an HttpError ${wanted} that is thrown` : wanted
  throw disagreement(helper, what, { actual, expected, thrown })
}
