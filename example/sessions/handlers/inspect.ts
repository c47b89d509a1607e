import { readFields } from '../../http/form.ts'
import { reply } from '../../http/reply.ts'
import { requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler } from '../../http/types.ts'
import { readToken } from '../authenticate.ts'
import type { Inspection } from '../inspection.ts'
import type { Views } from '../views.ts'

export interface InspectDeps {
  /** Takes a token apart and gives what the page shows. */
  inspect: (token: string) => Promise<Inspection>
  publicOrigin: string | undefined
  maxBodyBytes: number
  views: Views
}

/** `GET /inspect`: the visitor's own token. Only in teaching mode: no other page ever holds a token. */
export function inspectOwnHandler({ inspect, views }: InspectDeps): Handler {
  return async (req, res) => {
    const token = readToken(req)?.token
    const data = token ? { own: true, ...(await inspect(token)) } : {}
    reply(res, { status: 200, type: 'html', body: views.inspect(data) })
  }
}

/** `POST /inspect`: any token, from the form. Never from the URL, which ends up in logs and histories. */
export function inspectPastedHandler(deps: InspectDeps): Handler {
  const { inspect, publicOrigin, maxBodyBytes, views } = deps
  return async (req, res) => {
    requireSameOrigin(req, publicOrigin)
    const { token } = await readFields(req, ['token'], maxBodyBytes)
    const pasted = typeof token === 'string' ? token.trim() : ''
    const data = pasted === '' ? {} : { own: false, ...(await inspect(pasted)) }
    reply(res, { status: 200, type: 'html', body: views.inspect(data) })
  }
}
