import type { OutgoingHttpHeaders } from 'node:http'
import { wanted } from '../http/accept.ts'
import { challenge } from '../http/bearer.ts'
import { reply } from '../http/reply.ts'
import { pathOf } from '../http/router.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import { sendError } from '../server/problem.ts'
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
