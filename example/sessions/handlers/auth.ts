import { wanted } from '../../http/accept.ts'
import { countedBy } from '../../http/client-address.ts'
import { type Cookie, setCookie } from '../../http/cookie.ts'
import { readFields } from '../../http/form.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { reply, seeOther } from '../../http/reply.ts'
import { type Origins, requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../../http/types.ts'
import type { CheckCredentials } from '../credentials.ts'
import type { Sessions } from '../session.ts'
import { sendUnauthorized } from '../unauthorized.ts'
import type { Views } from '../views.ts'

/** Signs a token for a session that has begun. */
export type IssueToken = (subject: string, sessionId: string, now: number) => Promise<string>

/** `GET /auth`: the form; nothing was proven yet. */
export function authFormHandler({ views }: { views: Views }): Handler {
  return async (req, res) => sendUnauthorized(req, res, views, 'nobody')
}

/** `POST /auth`: a user name and a password for a session and its token. */
export function authHandler(deps: {
  addressOf: (req: HttpRequest) => string
  checkCredentials: CheckCredentials
  failedSignIns: RateLimit
  signIns: RateLimit
  sessions: Pick<Sessions, 'start'>
  issueToken: IssueToken
  sessionLifetimeSeconds: number
  sessionsPerUser: number
  cookie: Cookie
  origins: Origins
  maxBodyBytes: number
  views: Views
  now: () => number
  log: Log
}): Handler {
  const { checkCredentials, failedSignIns, sessions, issueToken, views, now, log } = deps
  const { sessionLifetimeSeconds: lifetimeSeconds, sessionsPerUser: most } = deps

  return async (req, res) => {
    requireSameOrigin(req, deps.origins)
    const fields = await readFields(req, ['username', 'password'], deps.maxBodyBytes)
    const address = deps.addressOf(req)
    const counted = countedBy(address)
    // Taken before the look and given back after a success: a hundred guesses at once are a hundred.
    await failedSignIns.take(counted)
    const subject = checkCredentials(fields)
    if (subject === undefined) {
      log('warn', 'sign-in failed', { address })
      const username = typeof fields.username === 'string' ? fields.username : ''
      const message = 'Wrong user name or password'
      return sendUnauthorized(req, res, views, 'nobody', { username, message })
    }
    await failedSignIns.giveBack(counted)
    await deps.signIns.take(counted)

    const agent = req.headers['user-agent'] ?? ''
    const startedAt = now()
    const id = await sessions.start({ subject, lifetimeSeconds, agent, address, most }, startedAt)
    const token = await issueToken(subject, id, startedAt)
    log('info', 'signed in', { subject, address })
    const cookieHeader = setCookie(deps.cookie, token, lifetimeSeconds)
    const page = () => views.privatePage({ subject })
    sendToken(req, res, { token, lifetimeSeconds, cookieHeader, page })
  }
}

/**
 * In a cookie for browsers, where no script can read it; in JSON for whoever asks for it; for all others also bare
 * in the header, as the original tutorial did.
 */
function sendToken(
  req: HttpRequest,
  res: HttpResponse,
  answer: { token: string; lifetimeSeconds: number; cookieHeader: string; page: () => string },
): void {
  const { token, lifetimeSeconds, cookieHeader, page } = answer
  const accepts = wanted(req.headers.accept)
  if (accepts === 'html') return seeOther(res, '/private', { 'set-cookie': cookieHeader })
  const headers = { authorization: token }
  if (accepts === 'json') {
    const body = { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds }
    return reply(res, { status: 200, type: 'json', body: JSON.stringify(body), headers })
  }
  const both = { ...headers, 'set-cookie': cookieHeader }
  reply(res, { status: 200, type: 'html', body: page(), headers: both })
}
