import { wanted } from '../../http/accept.ts'
import { reply } from '../../http/reply.ts'
import type { Handler, Log } from '../../http/types.ts'
import { sendUnauthorized } from '../answers.ts'
import type { Authenticate } from '../authenticate.ts'
import type { Views } from '../views.ts'

/** `GET /private`: for those whose token holds and whose session is live. */
export function privateHandler(deps: {
  authenticate: Authenticate
  views: Views
  log: Log
}): Handler {
  const { authenticate, views, log } = deps
  return async (req, res) => {
    const visitor = await authenticate(req)
    if (visitor.kind !== 'known') {
      if (visitor.kind === 'refused') log('warn', 'token refused', { reason: visitor.reason })
      return sendUnauthorized(req, res, views, visitor.kind)
    }
    const { subject, expiresAt } = visitor.session
    if (wanted(req.headers.accept) === 'json') {
      const body = JSON.stringify({ subject, expires_at: expiresAt })
      return reply(res, { status: 200, type: 'json', body })
    }
    reply(res, { status: 200, type: 'html', body: views.privatePage({ subject }) })
  }
}
