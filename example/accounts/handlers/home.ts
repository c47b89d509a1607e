import { reply } from '../../http/reply.ts'
import type { Handler } from '../../http/types.ts'
import type { Authenticate } from '../authenticate.ts'
import type { Views } from '../views.ts'

/** `GET /`: what there is, for whoever is there. */
export function homeHandler(deps: { authenticate: Authenticate; views: Views }): Handler {
  const { authenticate, views } = deps
  return async (req, res) => {
    const visitor = await authenticate(req)
    const subject = visitor.kind === 'known' ? visitor.user.name : undefined
    reply(res, { status: 200, type: 'html', body: views.home({ subject }) })
  }
}
