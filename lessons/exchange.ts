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

let exchanges: Exchange[] = []

/** A check begins: what the one before it sent is no part of it. */
export function forgetExchanges(): void {
  exchanges = []
}

/** What was sent last, by whichever helper of the check that runs. */
export function lastExchange(): Exchange | undefined {
  return exchanges.at(-1)
}

/**
 * Sends one request over a real socket and writes it down. Redirects are answers, not followed.
 * @throws NoAnswer when none came, or only a part of one
 */
async function exchange(url: string, ask: Ask): Promise<Answer> {
  const { seconds = 5, ...asked } = ask
  const request = { method: 'GET', path: '/', headers: {}, body: '', ...asked }
  const at = exchanges.push({ request }) - 1
  const answer = await send(url, request, seconds)
  exchanges[at] = { request, answer }
  return answer
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
