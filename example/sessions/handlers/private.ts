// The page that all the rest is for. A handler asks who is there, says no first, and then answers. It knows
// no key, no check and no record: whoever reads it sees what the page promises, and whoever changes it
// cannot leave a check out.
import { wanted } from '../../http/accept.ts'
import { reply } from '../../http/reply.ts'
import type { Handler } from '../../http/types.ts'
import type { Authenticate } from '../authenticate.ts'
import { sendUnauthorized } from '../unauthorized.ts'
import type { Views } from '../views.ts'

/** `GET /private`: for those whose token holds and whose session is live. */
export function privateHandler(deps: { authenticate: Authenticate; views: Views }): Handler {
  const { authenticate, views } = deps
  return async (req, res) => {
    const visitor = await authenticate(req)
    if (visitor.kind !== 'known') return sendUnauthorized(req, res, views, visitor.kind)
    const { subject, expiresAt } = visitor.session
    if (wanted(req.headers.accept) === 'json') {
      const body = JSON.stringify({ subject, expires_at: expiresAt })
      return reply(res, { status: 200, type: 'json', body })
    }
    reply(res, { status: 200, type: 'html', body: views.privatePage({ subject }) })
  }
}
