import { wanted } from '../../http/accept.ts'
import { readBearer } from '../../http/bearer.ts'
import { readBody } from '../../http/body.ts'
import { type Cookie, clearCookie } from '../../http/cookie.ts'
import { reply, seeOther } from '../../http/reply.ts'
import { methodNotAllowed } from '../../http/router.ts'
import { type Origins, requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../../http/types.ts'
import type { Authenticate } from '../authenticate.ts'
import { sendUnauthorized } from '../unauthorized.ts'
import type { Views } from '../views.ts'

interface LogoutDeps {
  authenticate: Authenticate
  cookie: Cookie
  origins: Origins
  maxBodyBytes: number
  views: Views
  log: Log
}

/** `POST /logout`: with the cookie from our own pages, or with the header. */
export function logoutHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    // Another site can make a browser send our cookie, but never an Authorization header with our token.
    if (!hasBearer(req)) requireSameOrigin(req, deps.origins)
    await readBody(req, deps.maxBodyBytes) // a form sends one, however empty
    await endSession(req, res, deps)
  }
}

/** `GET /logout`: with the header alone, as the original tutorial did. For a browser's cookie there is POST. */
export function logoutByHeaderHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    if (!hasBearer(req)) throw methodNotAllowed(['POST'], noLink)
    await endSession(req, res, deps)
  }
}

const noLink = 'Cannot sign out by a link: every page may hold one. The button sends a POST'

function hasBearer(req: HttpRequest): boolean {
  return readBearer(req.headers.authorization) !== undefined
}

async function endSession(req: HttpRequest, res: HttpResponse, deps: LogoutDeps): Promise<void> {
  const { authenticate, views, cookie, log } = deps
  const visitor = await authenticate(req, 'end') // resolves when the record is safe
  if (visitor.kind !== 'known') {
    const headers = { 'set-cookie': clearCookie(cookie) }
    return sendUnauthorized(req, res, views, visitor.kind, { headers })
  }
  log('info', 'signed out', { subject: visitor.session.subject })
  sendSignedOut(req, res, cookie)
}

function sendSignedOut(req: HttpRequest, res: HttpResponse, cookie: Cookie): void {
  const headers = {
    'set-cookie': clearCookie(cookie),
    // Not "cookies": on localhost that would also clear those of the reader's other projects.
    'clear-site-data': '"cache", "storage"',
  }
  const accepts = wanted(req.headers.accept)
  if (accepts === 'json')
    return reply(res, { status: 200, type: 'json', body: '{"logged_out":true}', headers })
  if (accepts === 'any')
    return reply(res, { status: 200, type: 'text', body: 'Logged Out!', headers })
  seeOther(res, '/signed-out', headers)
}
