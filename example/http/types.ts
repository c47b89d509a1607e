import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** What handlers need of a request: node's own has it, and so has the one that tests write by hand. */
export interface HttpRequest extends AsyncIterable<Buffer> {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/** What handlers need of a response: the head once, then the end. */
export interface HttpResponse {
  writeHead(status: number, headers?: OutgoingHttpHeaders): unknown
  end(body?: string): unknown
}

/** Answers a request. `name` is what stands in the place of `:name` in the path of its route. */
export type Handler = (req: HttpRequest, res: HttpResponse, name?: string) => Promise<void>

/** One event, told to whoever keeps the log. Never with a token, a cookie, a password or a secret. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>
