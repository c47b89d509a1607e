import type { OutgoingHttpHeaders } from 'node:http'
import { wanted } from '../http/accept.ts'
import { reply } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import type { ProblemPage } from './pages.ts'

/** A refusal: a page for browsers, an error object for programs, a line of text for the rest. A server without pages: an object for all. */
export function sendProblem(
  req: HttpRequest,
  res: HttpResponse,
  page: ((problem: ProblemPage) => string) | undefined,
  {
    status,
    message,
    headers = {},
    subject,
    plain = 'text',
  }: {
    status: number
    message: string
    headers?: OutgoingHttpHeaders
    subject?: string | undefined
    /** What whoever names neither pages nor JSON gets. */
    plain?: 'text' | 'json' | undefined
  },
): void {
  const accepts = wanted(req.headers.accept)
  if (page === undefined || accepts === 'json' || (accepts === 'any' && plain === 'json'))
    return sendError(res, status, codes[status] ?? 'invalid_request', message, headers)
  if (accepts === 'any') return reply(res, { status, type: 'text', body: `${message}\n`, headers })
  const title = titles[status] ?? 'Something is not right'
  reply(res, {
    status,
    type: 'html',
    body: page({ status, title, message, subject }),
    headers,
  })
}

/** An error object in the form of RFC 6749 §5.2, which clients know. */
export function sendError(
  res: HttpResponse,
  status: number,
  error: string,
  description: string,
  headers: OutgoingHttpHeaders,
): void {
  const body = JSON.stringify({ error, error_description: description })
  reply(res, { status, type: 'json', body, headers })
}

const titles: Readonly<Record<number, string>> = {
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not like this',
  421: 'Not under this name',
  429: 'Too many requests',
  500: 'Our mistake',
  503: 'Not now',
}

const codes: Readonly<Record<number, string>> = {
  401: 'invalid_grant', // a password or a token that is not good
  403: 'access_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'content_too_large',
  415: 'unsupported_media_type',
  421: 'misdirected_request',
  422: 'refused',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'temporarily_unavailable',
}
