import type { OutgoingHttpHeaders } from 'node:http'
import { wanted } from '../http/accept.ts'
import { challenge } from '../http/bearer.ts'
import { reply } from '../http/reply.ts'
import { pathOf } from '../http/router.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import type { Visitor } from './authenticate.ts'
import type { Views } from './views.ts'

interface Refusal {
  /** Shown with the form, tied to its fields. */
  readonly message?: string
  readonly username?: string
  readonly headers?: OutgoingHttpHeaders
}

/**
 * 401: the sign-in form for people, an error object for programs. The same whichever check a token
 * failed, so that nobody learns what to forge better; only that one came, or none, is said.
 */
export function sendUnauthorized(
  req: HttpRequest,
  res: HttpResponse,
  views: Views,
  kind: Exclude<Visitor['kind'], 'known'>,
  { message, username = '', headers }: Refusal = {},
): void {
  const withChallenge = {
    ...challenge(kind === 'refused' ? 'invalid_token' : undefined),
    ...headers,
  }
  if (wanted(req.headers.accept) === 'json') {
    // One body for every cause; what RFC 6750 §3.1 lets a client know is in the challenge.
    return message === undefined
      ? sendError(res, 401, 'invalid_token', 'Sign in first', withChallenge)
      : sendError(res, 401, 'invalid_grant', message, withChallenge)
  }
  const path = pathOf(req.url)
  // After a sign-out that was refused the browser has no token any more: there is nothing to look at.
  const refused = kind === 'refused' && { canInspect: req.method === 'GET' && path === '/private' }
  const nothingCame = kind === 'nobody' && path !== '/auth' // where nobody looks for one
  const body = views.unauthorized({ path, username, message, nothingCame, refused })
  reply(res, { status: 401, type: 'html', body, headers: withChallenge })
}

/** Any other refusal: a page for browsers, an error object for programs, a line of text for the rest. */
export function sendProblem(
  req: HttpRequest,
  res: HttpResponse,
  views: Views,
  {
    status,
    message,
    headers = {},
    subject,
  }: {
    status: number
    message: string
    headers?: OutgoingHttpHeaders
    subject?: string | undefined
  },
): void {
  const accepts = wanted(req.headers.accept)
  if (accepts === 'json')
    return sendError(res, status, codes[status] ?? 'invalid_request', message, headers)
  if (accepts === 'any') return reply(res, { status, type: 'text', body: `${message}\n`, headers })
  const title = titles[status] ?? 'Something is not right'
  reply(res, {
    status,
    type: 'html',
    body: views.problem({ status, title, message, subject }),
    headers,
  })
}

/** The form of RFC 6749 §5.2, which clients know. */
function sendError(
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
  403: 'Not from here',
  404: 'Not found',
  405: 'Not like this',
  421: 'Not under this name',
  429: 'Too many requests',
  500: 'Our mistake',
  503: 'Not now',
}

const codes: Readonly<Record<number, string>> = {
  403: 'access_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'content_too_large',
  415: 'unsupported_media_type',
  421: 'misdirected_request',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'temporarily_unavailable',
}
