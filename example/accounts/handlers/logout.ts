import { readBearer } from '../../http/bearer.ts'
import { type Cookie, clearCookie } from '../../http/cookie.ts'
import { readToken } from '../../http/read-token.ts'
import { reply, seeOther } from '../../http/reply.ts'
import { methodNotAllowed } from '../../http/router.ts'
import { requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse } from '../../http/types.ts'
import { RecordDamaged } from '../../store/errors.ts'
import { TokenError } from '../../token/errors.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import type { Families } from '../family.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { said } from '../said.ts'
import type { Tokens } from '../tokens.ts'
import type { SendUnauthorized } from '../unauthorized.ts'
import type { Views } from '../views.ts'
import type { SubjectOf } from './page.ts'

interface LogoutDeps {
  tokens: Pick<Tokens, 'verify'>
  families: Pick<Families, 'end'>
  cookie: Cookie
  openTo: OpenTo
  sendUnauthorized: SendUnauthorized
  audit: Audit
  now: () => number
}

/**
 * `POST /logout`: ends this device, its access and its refresh tokens, at once. Any of its tokens will do: the access token, the
 * cookie of a page, or the refresh token in the body, since an access token may have expired (RFC 7009 §2.1).
 */
export function logoutHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    const { refresh_token } = await readForm(req, ['refresh_token'], deps.openTo)
    if (refresh_token !== '') return await end(req, res, deps, 'refresh', refresh_token)
    const token = readToken(req, deps)
    if (token === undefined) return deps.sendUnauthorized(req, res, 'nobody')
    if (hasBearer(req)) return await end(req, res, deps, 'access', token)
    requireSameOrigin(req, deps.openTo.origins)
    await end(req, res, deps, 'page', token)
  }
}

/** `GET /logout`: with the header alone, as the older tutorial did. */
export function logoutByHeaderHandler(deps: LogoutDeps): Handler {
  return async (req, res) => {
    const token = readBearer(req.headers.authorization)
    if (token === undefined) throw methodNotAllowed(['POST'], noLink)
    await end(req, res, deps, 'access', token)
  }
}

/** `GET /signed-out`: where a browser is sent then. Who is signed in has no business there. */
export function signedOutHandler(deps: { subjectOf: SubjectOf; views: Views }): Handler {
  return async (req, res) => {
    if ((await deps.subjectOf(req)) !== undefined) return seeOther(res, '/')
    reply(res, { status: 200, type: 'html', body: deps.views.said(said.signedOut) })
  }
}

const noLink = 'Cannot sign out by a link: every page may hold one. The button sends a POST'

function hasBearer(req: HttpRequest): boolean {
  return readBearer(req.headers.authorization) !== undefined
}

/** Who asks twice gets the same answer twice: what was asked for is so. */
async function end(
  req: HttpRequest,
  res: HttpResponse,
  { tokens, families, cookie, sendUnauthorized, audit, now }: LogoutDeps,
  kind: 'access' | 'page' | 'refresh',
  token: string,
): Promise<void> {
  try {
    const claims = await tokens.verify[kind](token, now())
    const ended = await families.end(claims.sub, String(claims.sid))
    if (ended !== undefined) audit('signed out', { user: ended.subject, session: ended.id })
  } catch (error) {
    if (!(error instanceof TokenError || error instanceof RecordDamaged)) throw error
    return sendUnauthorized(req, res, 'refused')
  }
  const pageHeaders = {
    'set-cookie': clearCookie(cookie),
    // Not "cookies": on localhost that would also clear those of the reader's other projects.
    'clear-site-data': '"cache", "storage"',
  }
  answer(req, res, { json: { logged_out: true }, page: '/signed-out', pageHeaders })
}
