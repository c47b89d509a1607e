import { AssertionError } from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { isJsonObject } from '../../example/token/json.ts'
import { type Ask, forgetExchanges } from '../exchange.ts'
import { app, deps, tokenFor } from './app.ts'
import { asking, type Outcome } from './asking.ts'
import { carrying, form, right, signIn } from './requests.ts'

// Every request goes to the app of example/sessions and to another server: their answers have to agree
// in status, kind of body, challenge and allowed methods.

type Lesson = { createServerHandler(given: typeof deps): RequestListener }

/** What the app promises, by the name of the request: learned once. */
const expectations = new Map<string, Record<string, unknown>>()

async function askTheApp(asks: Record<string, Ask>): Promise<void> {
  const unknown = Object.entries(asks).filter(([what]) => !expectations.has(what))
  if (unknown.length === 0) return
  await asking(app, async (send) => {
    const token = `${read(await send(signIn(form, right))).access_token}`
    for (const [what, asked] of unknown)
      expectations.set(what, promised(await send(carrying(token, asked))))
  })
  forgetExchanges() // what is shown with a failure is what your server was asked
}

/** Sends your server what the app was sent, up to the first difference; returns the answers. */
export async function agree(lesson: Lesson, asks: Record<string, Ask>): Promise<Outcome[]> {
  await askTheApp(asks)
  const token = await tokenFor('bob')
  const outcomes: Outcome[] = []
  await asking(lesson.createServerHandler(deps), async (send) => {
    for (const [message, asked] of Object.entries(asks)) {
      const outcome = await send(carrying(token, asked))
      outcomes.push(outcome)
      const [yours, theirs] = [promised(outcome), expectations.get(message) ?? {}]
      const differing = Object.keys(yours).filter((name) => yours[name] !== theirs[name])
      if (differing.length === 0) continue
      const [actual, expected] = [yours, theirs].map((all) =>
        Object.fromEntries(differing.map((name) => [name, all[name]])),
      )
      // Its place is the line of the check that asked, and the line of the handler that threw.
      const place = { operator: 'equal', stackStartFn: agree }
      const error = new AssertionError({ message, actual, expected, ...place })
      error.stack += `\n${outcome.stack ?? ''}`
      throw error
    }
  })
  return outcomes
}

/** The parts of an answer in which two right servers have to agree. */
export function promised({ status, headers = {}, missing }: Outcome): Record<string, unknown> {
  if (missing !== undefined) return { status: missing }
  const { 'content-type': type, 'www-authenticate': challenge, allow } = headers
  const error = /error="?\w+"?/.exec(challenge ?? '')?.[0]
  const bare = challenge?.replace(/ .*/, '')
  return {
    status,
    'content-type': type?.split(';', 1)[0]?.trim() ?? 'none',
    'www-authenticate': error === undefined ? (bare ?? 'none') : `${bare} ${error}`,
    allow: allow?.split(/ *, */).sort().join(', ') ?? 'none',
  }
}

/** The body of an answer, where it is a JSON object. */
export function read({ body = '' }: Outcome = {}): Record<string, unknown> {
  const value: unknown = JSON.parse(body)
  return isJsonObject(value) ? value : {}
}
