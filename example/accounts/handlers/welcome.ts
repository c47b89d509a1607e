import { wanted } from '../../http/accept.ts'
import { reply } from '../../http/reply.ts'
import { sendJson } from '../answer.ts'
import type { Guarded } from '../require-token.ts'
import type { Views } from '../views.ts'

/** `GET /welcome`: for those who are signed in and have a role. */
export function welcomeHandler({ views }: { views: Views }): Guarded {
  return async (req, res, { user: { name, roles } }) => {
    const accepts = wanted(req.headers.accept)
    if (accepts === 'html')
      return reply(res, { status: 200, type: 'html', body: views.welcome({ name, roles }) })
    if (accepts === 'json') return sendJson(res, { username: name, roles })
    const body = `Welcome ${name}!\n Your roles are: [${roles.join(', ')}]`
    reply(res, { status: 200, type: 'text', body })
  }
}
