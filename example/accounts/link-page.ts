import { wanted } from '../http/accept.ts'
import { reply } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import { sendError } from '../server/problem.ts'
import type { Purpose } from './links.ts'
import type { Views } from './views.ts'

/** The one page whose address holds a token tells that address to nobody, the style sheet's request neither. */
export const noReferrer = { 'referrer-policy': 'no-referrer' }

/** The token in the address of the page that a link opens. Forms send it in their body. */
export function tokenOf(req: HttpRequest): string {
  return new URLSearchParams(String(req.url).split('?')[1]).get('token') ?? ''
}

/** The answer to every link that is no good, whatever is wrong with it. */
export function refuseLink(
  req: HttpRequest,
  res: HttpResponse,
  { purpose, views }: { purpose: Purpose; views: Views },
): void {
  const { ask, next } = others[purpose]
  const why = 'it was used, its time is over, or it is not one of ours'
  if (wanted(req.headers.accept) !== 'html')
    // RFC 6749 §5.2: what was granted is invalid, expired, revoked, or somebody else's
    return sendError(res, 400, 'invalid_grant', `Cannot use the link: ${why}. ${ask}`, noReferrer)
  const message = `It cannot be used: ${why}.`
  const body = views.said({ title: 'This link is not good', message, next })
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
