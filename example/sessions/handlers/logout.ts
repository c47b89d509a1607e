import { wanted } from '../../http/accept.ts'
import { readBody } from '../../http/body.ts'
import { clearCookie } from '../../http/cookie.ts'
import { reply } from '../../http/reply.ts'
import { methodNotAllowed } from '../../http/router.ts'
import { requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../../http/types.ts'
import { sendUnauthorized } from '../answers.ts'
import { type Authenticate, readToken } from '../authenticate.ts'
import { sessionCookie } from '../policy.ts'
import type { Sessions } from '../session.ts'
import type { Views } from '../views.ts'

interface LogoutDeps {
  authenticate: Authenticate
  sessions: Pick<Sessions, 'end'>
  publicOrigin: string | undefined
  maxBodyBytes: number
  views: Views
  now: () => number
  log: Log
}

/** `POST /logout`: with the cookie from our own pages, or with the header. */
export function logoutHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    // Another site can make a browser send our cookie, but never an Authorization header with our token.
    if (!tokenInHeader(req)) requireSameOrigin(req, deps.publicOrigin)
    await readBody(req, deps.maxBodyBytes) // a form sends one, however empty
    await endSession(req, res, deps)
  }
}

/** `GET /logout`: with the header alone, as the original tutorial did. For a browser's cookie there is POST. */
export function logoutByHeaderHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    if (!tokenInHeader(req)) throw methodNotAllowed(['POST'])
    await endSession(req, res, deps)
  }
}

function tokenInHeader(req: HttpRequest): boolean {
  return readToken(req)?.carrier === 'header'
}

async function endSession(req: HttpRequest, res: HttpResponse, deps: LogoutDeps): Promise<void> {
  const { authenticate, sessions, views, now, log } = deps
  const visitor = await authenticate(req)
  if (visitor.kind !== 'known') return refuse(req, res, views, visitor.kind)
  const { sub, jti } = visitor.claims
  // Answered only when the record is safe. Whoever ended it first was answered first.
  if (!(await sessions.end(sub, jti, now()))) return refuse(req, res, views, 'refused')
  log('info', 'signed out', { subject: sub })
  sendSignedOut(req, res, views)
}

function refuse(
  req: HttpRequest,
  res: HttpResponse,
  views: Views,
  kind: 'nobody' | 'refused',
): void {
  const headers = { 'set-cookie': clearCookie(sessionCookie) }
  sendUnauthorized(req, res, views, kind, { headers })
}

function sendSignedOut(req: HttpRequest, res: HttpResponse, views: Views): void {
  const headers = {
    'set-cookie': clearCookie(sessionCookie),
    // Not "cookies": on localhost that would also clear those of the reader's other projects.
    'clear-site-data': '"cache", "storage"',
  }
  const accepts = wanted(req.headers.accept)
  if (accepts === 'json')
    return reply(res, { status: 200, type: 'json', body: '{"logged_out":true}', headers })
  if (accepts === 'any')
    return reply(res, { status: 200, type: 'text', body: 'Logged Out!', headers })
  reply(res, { status: 200, type: 'html', body: views.signedOut(), headers })
}
