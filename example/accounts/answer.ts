import type { OutgoingHttpHeaders } from 'node:http'
import { wanted } from '../http/accept.ts'
import { reply, seeOther } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'

export interface Answer {
  readonly status?: number
  /** For programs: every client that names no pages gets this. */
  readonly json: object
  /** For people: a page, or the address of the page that a browser is sent on to. */
  readonly page: (() => string) | string
  readonly headers?: OutgoingHttpHeaders
  /** Headers that only browsers need, such as a cookie. */
  readonly pageHeaders?: OutgoingHttpHeaders
}

/** One answer in the form that was asked for. */
export function answer(req: HttpRequest, res: HttpResponse, answered: Answer): void {
  const { status = 200, json, page, headers = {}, pageHeaders = {} } = answered
  if (wanted(req.headers.accept) !== 'html') return sendJson(res, json, { status, headers })
  const all = { ...headers, ...pageHeaders }
  if (typeof page === 'string') return seeOther(res, page, all)
  reply(res, { status, type: 'html', body: page(), headers: all })
}

/** The same to everybody, where only programs ask. */
export function sendJson(
  res: HttpResponse,
  json: object,
  { status = 200, headers = {} }: Pick<Answer, 'status' | 'headers'> = {},
): void {
  reply(res, { status, type: 'json', body: JSON.stringify(json), headers })
}
