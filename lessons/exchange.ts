import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request of a check and the answer to it, written down to be shown when the check fails. */
export interface Exchange {
  readonly request: Required<Omit<Ask, 'seconds'>>
  /** Absent when no answer came. */
  readonly answer?: Answer
}

/** A request: `GET /` with no headers and no body, unless it says otherwise. */
export interface Ask {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How long to wait for the answer: five seconds, unless it says otherwise. */
  readonly seconds?: number
}

export interface Answer {
  readonly status: number
  /** Where several cookies are set, `set-cookie` holds one on each line. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The server took too long, or closed the connection without an answer. The message says which. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

/** What is written down while somebody asks. */
export interface Notes {
  last?: Exchange | undefined
  /** Somebody left a request without an answer: nobody waits as long for the next. */
  silent?: boolean
}

// Whatever a run calls, and whatever that waits for, finds the notes of this run here: no helper has to hand them on.
const notes = new AsyncLocalStorage<Notes>()

/** Runs something that asks, and writes down here what it sends. */
export function noting<Result>(own: Notes, run: () => Result): Result {
  return notes.run(own, run)
}

/** What was sent before is no part of what comes. */
export function forgetExchange(): void {
  delete notes.getStore()?.last
}

/** What was sent last, by whichever helper of the check that runs. */
export function lastExchange(): Exchange | undefined {
  return notes.getStore()?.last
}

/**
 * Sends one request over a real socket and writes it down. Redirects are answers, not followed.
 * @throws NoAnswer when none came, or only a part of one
 */
async function exchange(url: string, ask: Ask): Promise<Answer> {
  const { seconds = 5, ...asked } = ask
  const request = { method: 'GET', path: '/', headers: {}, body: '', ...asked }
  const own = notes.getStore() ?? {}
  const noted: { request: typeof request; answer?: Answer } = { request }
  own.last = noted
  try {
    noted.answer = await send(url, request, own.silent ? Math.min(seconds, 0.3) : seconds)
    return noted.answer
  } catch (error) {
    own.silent = true
    throw error
  }
}

async function send(url: string, request: Exchange['request'], seconds: number): Promise<Answer> {
  const { method, path, headers, body } = request
  const target = new URL(path, url)
  const sent = new Request(target, { method, headers, ...(body === '' ? {} : { body }) })
  const signal = AbortSignal.timeout(seconds * 1000)
  try {
    const response = await fetch(sent, { redirect: 'manual', signal })
    const text = await response.text()
    return { status: response.status, headers: headersOf(response), body: text }
  } catch (cause) {
    const late = `No answer came within ${seconds} seconds`
    throw new NoAnswer(signal.aborted ? late : 'The connection ended without a whole answer', {
      cause,
    })
  }
}

/** Of headers with one name, only cookies are not one text already. */
function headersOf({ headers }: Response): Record<string, string> {
  const cookies = headers.getSetCookie().join('\n')
  const all = [...headers].map(([name, value]) => [name, name === 'set-cookie' ? cookies : value])
  return Object.fromEntries(all)
}

/** Listens on a free port of this machine while `use` asks, then closes. */
export async function serving<Result>(
  listener: RequestListener,
  use: (ask: (ask: Ask) => Promise<Answer>) => Promise<Result>,
): Promise<Result> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await use((ask) => exchange(`http://127.0.0.1:${port}`, ask))
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
