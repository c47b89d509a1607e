import { wanted } from '../http/accept.ts'
import { reply } from '../http/reply.ts'
import type { Handler, HttpRequest, HttpResponse } from '../http/types.ts'
import { sendError } from '../server/problem.ts'
import { answer } from './answer.ts'
import type { SubjectOf } from './handlers/page.ts'
import type { Links, Purpose } from './links.ts'
import type { Views } from './views.ts'

/** The one page whose address holds a token tells that address to nobody, the style sheet's request neither. */
export const noReferrer = { 'referrer-policy': 'no-referrer' }

/**
 * `GET /verify?token=…`, `GET /reset?token=…`: a page with a button. Programs that look for viruses in mail open every link:
 * a GET uses none up. Its form sends the token in its body.
 */
export function linkPageHandler(
  purpose: Purpose,
  deps: { links: Pick<Links, 'find'>; subjectOf: SubjectOf; views: Views },
): Handler {
  const { links, subjectOf, views } = deps
  return async (req, res) => {
    const token = new URLSearchParams(String(req.url).split('?')[1]).get('token') ?? ''
    const user = await links.find(token, purpose)
    if (user === undefined) return await refuseLink(req, res, purpose, deps)
    const subject = await subjectOf(req)
    const page = () => views[opened[purpose]]({ token, user: user.name, subject })
    answer(req, res, { json: { username: user.name, purpose }, page, headers: noReferrer })
  }
}

const opened = { 'verify-email': 'verify', 'reset-password': 'reset' } as const

/** The answer to every link that is no good, whatever is wrong with it. */
export async function refuseLink(
  req: HttpRequest,
  res: HttpResponse,
  purpose: Purpose,
  { subjectOf, views }: { subjectOf: SubjectOf; views: Views },
): Promise<void> {
  const { ask, next } = others[purpose]
  const why = 'it was used, its time is over, or it is not one of ours'
  if (wanted(req.headers.accept) !== 'html')
    // RFC 6749 §5.2: what was granted is invalid, expired, revoked, or somebody else's
    return sendError(res, 400, 'invalid_grant', `Cannot use the link: ${why}. ${ask}`, noReferrer)
  const message = `It cannot be used: ${why}.`
  const body = views.said({
    title: 'This link is not good',
    message,
    next,
    subject: await subjectOf(req),
  })
  reply(res, { status: 400, type: 'html', body, headers: noReferrer })
}

/** How to get another one. */
const others = {
  'verify-email': {
    ask: 'Sign in and ask for another: POST /verify/send',
    next: { href: '/sessions', label: 'Ask for another one on the page of your devices' },
  },
  'reset-password': {
    ask: 'Ask for another: POST /reset/send',
    next: { href: '/reset/send', label: 'Ask for another one' },
  },
} as const
