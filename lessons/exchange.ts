import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request of a check and the answer to it, written down to be shown when the check fails. */
export interface Exchange {
  readonly request: Required<Ask>
  /** Absent when no answer came. */
  readonly answer?: Answer
}

/** A request: `GET /` with no headers and no body, unless it says otherwise. */
export interface Ask {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

let exchanges: Exchange[] = []

export function forgetExchanges(): void {
  exchanges = []
}

export function lastExchange(): Exchange | undefined {
  return exchanges.at(-1)
}

/** Sends one request over a real socket and writes it down. Redirects are answers, not followed. */
export async function exchange(url: string, ask: Ask): Promise<Answer> {
  const request = { method: 'GET', path: '/', headers: {}, body: '', ...ask }
  const at = exchanges.push({ request }) - 1
  const response = await fetch(new URL(request.path, url), {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    ...(request.body === '' ? {} : { body: request.body }),
    signal: AbortSignal.timeout(5000),
  })
  const body = await response.text()
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body }
  exchanges[at] = { request, answer }
  return answer
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
