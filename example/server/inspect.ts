import type { Cookie } from '../http/cookie.ts'
import { readFields } from '../http/form.ts'
import { readToken } from '../http/read-token.ts'
import { reply } from '../http/reply.ts'
import { type Origins, requireSameOrigin } from '../http/same-origin.ts'
import type { Handler, HttpRequest } from '../http/types.ts'
import type { Inspection } from './inspection.ts'

export interface InspectDeps {
  /** Takes a token apart and gives what the page shows. */
  inspect: (token: string) => Promise<Inspection>
  /** Who asks, for the head of the page. */
  subjectOf: (req: HttpRequest) => Promise<string | undefined>
  cookie: Cookie
  origins: Origins
  maxBodyBytes: number
  views: { inspect(data: object): string }
}

/** `GET /inspect`: the visitor's own token. Only in teaching mode: no other page ever holds a token. */
export function inspectOwnHandler(deps: InspectDeps): Handler {
  const { inspect, subjectOf, cookie, views } = deps
  return async (req, res) => {
    const token = readToken(req, { cookie, acceptBare: true })
    const subject = await subjectOf(req)
    const data = token ? { own: true, ...(await inspect(token)) } : {}
    reply(res, { status: 200, type: 'html', body: views.inspect({ ...data, subject }) })
  }
}

/**
 * `POST /inspect`: any token, from the form. Never from the URL, which ends up in logs and histories:
 * so this answers with the page itself. To send the form again changes nothing.
 */
export function inspectPastedHandler(deps: InspectDeps): Handler {
  const { inspect, subjectOf, origins, maxBodyBytes, views } = deps
  return async (req, res) => {
    requireSameOrigin(req, origins)
    const { token } = await readFields(req, ['token'], maxBodyBytes)
    const { pasted, withoutBearer } = readPasted(token)
    const subject = await subjectOf(req)
    const data = pasted === '' ? {} : { own: false, withoutBearer, ...(await inspect(pasted)) }
    reply(res, { status: 200, type: 'html', body: views.inspect({ ...data, subject }) })
  }
}

/** People copy what stands in front of the token, too. */
function readPasted(token: unknown): { pasted: string; withoutBearer: boolean } {
  const given = typeof token === 'string' ? token.trim() : ''
  const pasted = given.replace(/^(?:authorization:\s*)?(?:bearer\s+)?/i, '')
  return { pasted, withoutBearer: pasted !== given }
}
