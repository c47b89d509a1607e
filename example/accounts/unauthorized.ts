import { wanted } from '../http/accept.ts'
import { challenge } from '../http/bearer.ts'
import { type Cookie, clearCookie } from '../http/cookie.ts'
import { reply } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import { sendError } from '../server/problem.ts'
import type { Visitor } from './authenticate.ts'
import type { Views } from './views.ts'

export type SendUnauthorized = (
  req: HttpRequest,
  res: HttpResponse,
  kind: Exclude<Visitor['kind'], 'known'>,
) => void

/** 401: the sign-in form for people, an error object for programs. The same whichever check a token failed. */
export function createSendUnauthorized(views: Views, cookie: Cookie): SendUnauthorized {
  return (req, res, kind) => {
    const headers = challenge(kind === 'refused' ? 'invalid_token' : undefined)
    if (wanted(req.headers.accept) !== 'html')
      return sendError(res, 401, 'invalid_token', 'Sign in first', headers)
    const body = views.signIn({ refused: kind === 'refused', first: kind === 'nobody' })
    const clear = { ...headers, 'set-cookie': clearCookie(cookie) }
    reply(res, { status: 401, type: 'html', body, headers: clear })
  }
}
