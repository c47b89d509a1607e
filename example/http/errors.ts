import type { OutgoingHttpHeaders } from 'node:http'

/** A request that is refused with this status. The message is for the client: it holds nothing secret. */
export class HttpError extends Error {
  readonly status: number
  readonly headers: OutgoingHttpHeaders

  constructor(status: number, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.headers = headers
  }
}
