import { wanted } from '../http/accept.ts'
import { type Cookie, setCookie } from '../http/cookie.ts'
import { seeOther } from '../http/reply.ts'
import type { HttpRequest, HttpResponse } from '../http/types.ts'
import type { Audit } from './audit.ts'
import { deviceName } from './device.ts'
import type { Families } from './family.ts'
import type { SendPair } from './send-pair.ts'
import type { Tokens } from './tokens.ts'
import type { User } from './user.ts'

export type BeginSession = (
  req: HttpRequest,
  res: HttpResponse,
  user: User,
  device?: string,
) => Promise<void>

/**
 * Starts a session for a user who has proven who they are. A program gets a pair of tokens. A browser gets one cookie: a page
 * without script cannot refresh anything, so its session lasts as long as a refresh token would, and no longer.
 */
export function createBeginSession(deps: {
  families: Pick<Families, 'start'>
  tokens: Pick<Tokens, 'page'>
  sendPair: SendPair
  cookie: Cookie
  addressOf: (req: HttpRequest) => string
  pageSeconds: number
  sessionSeconds: number
  sessionsPerUser: number
  audit: Audit
  now: () => number
}): BeginSession {
  const { families, tokens, sendPair, cookie, addressOf, pageSeconds, audit, now } = deps
  const { sessionSeconds, sessionsPerUser: most } = deps

  return async (req, res, user, device = '') => {
    const isBrowser = wanted(req.headers.accept) === 'html'
    const address = addressOf(req)
    const agent = deviceName(device, req.headers['user-agent'])
    const lifetimeSeconds = isBrowser ? pageSeconds : sessionSeconds
    const family = await families.start({ user, lifetimeSeconds, agent, address, most }, now())
    audit('signed in', { user: user.id, session: family.id, address })
    if (!isBrowser) return await sendPair(res, user, family)
    const headers = { 'set-cookie': setCookie(cookie, await tokens.page(family), pageSeconds) }
    seeOther(res, '/sessions', headers)
  }
}
