import { whole } from '../http/body.ts'
import { HttpError } from '../http/errors.ts'
import { type Origins, requireSameOrigin } from '../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse } from '../http/types.ts'
import type { Audit } from './audit.ts'
import type { Authenticate, Known, Visitor } from './authenticate.ts'
import type { Role } from './user.ts'

/** A handler for those who are signed in: it is told who asks. */
export type Guarded = (
  req: HttpRequest,
  res: HttpResponse,
  visitor: Known,
  name?: string,
) => Promise<void>

/** Wraps a handler: it runs for whoever is signed in and, where `roles` are named, has one of them. */
export type RequireToken = (handler: Guarded, only?: { roles: readonly Role[] }) => Handler

/**
 * The wrapper for routes of your own (`routes.ts` has an example). What it answers by itself: 401 without a good token, 403 without
 * the role, and 403 where another site made a browser send its cookie.
 */
export function createRequireToken(deps: {
  authenticate: Authenticate
  sendUnauthorized: (
    req: HttpRequest,
    res: HttpResponse,
    kind: Exclude<Visitor['kind'], 'known'>,
  ) => void
  origins: Origins
  maxBodyBytes: number
  audit: Audit
}): RequireToken {
  const { authenticate, sendUnauthorized, origins, maxBodyBytes, audit } = deps
  return (handler, only) => async (asked, res, name) => {
    const changes = asked.method !== 'GET' && asked.method !== 'HEAD'
    // Whoever is judged first could keep the last byte back, until they have lost what the request needs.
    const req = changes ? await whole(asked, maxBodyBytes) : asked
    const visitor = await authenticate(req)
    if (visitor.kind !== 'known') return sendUnauthorized(req, res, visitor.kind)
    if (changes && visitor.by === 'cookie') requireSameOrigin(req, origins)
    const { user } = visitor
    if (only !== undefined && !only.roles.some((role) => user.roles.includes(role))) {
      audit('forbidden', { user: user.id })
      throw new HttpError(403, `Cannot do that: it needs the role ${only.roles.join(' or ')}`)
    }
    await handler(req, res, visitor, name)
  }
}
