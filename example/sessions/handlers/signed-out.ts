import { reply, seeOther } from '../../http/reply.ts'
import type { Handler } from '../../http/types.ts'
import type { Authenticate } from '../authenticate.ts'
import type { Views } from '../views.ts'

/** `GET /signed-out`: where a browser is sent when it has signed out. Who is signed in has no business there. */
export function signedOutHandler(deps: { authenticate: Authenticate; views: Views }): Handler {
  const { authenticate, views } = deps
  return async (req, res) => {
    const visitor = await authenticate(req)
    if (visitor.kind === 'known') return seeOther(res, '/home')
    reply(res, { status: 200, type: 'html', body: views.signedOut() })
  }
}
