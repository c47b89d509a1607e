import { wanted } from '../../http/accept.ts'
import { setCookie } from '../../http/cookie.ts'
import { readFields } from '../../http/form.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { reply } from '../../http/reply.ts'
import { requireSameOrigin } from '../../http/same-origin.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../../http/types.ts'
import { sendUnauthorized } from '../answers.ts'
import type { CheckCredentials } from '../credentials.ts'
import { sessionCookie } from '../policy.ts'
import type { Sessions } from '../session.ts'
import type { Views } from '../views.ts'

/** Signs a token for a session that has begun. */
export type IssueToken = (subject: string, sessionId: string, now: number) => Promise<string>

/** `GET /auth`: nothing was proven yet, so the form again. */
export function authFormHandler({ views }: { views: Views }): Handler {
  return async (req, res) => sendUnauthorized(req, res, views, 'nobody')
}

/** `POST /auth`: a user name and a password for a session and its token. */
export function authHandler(deps: {
  checkCredentials: CheckCredentials
  failedSignIns: RateLimit
  sessions: Pick<Sessions, 'start'>
  issueToken: IssueToken
  sessionLifetimeSeconds: number
  publicOrigin: string | undefined
  maxBodyBytes: number
  views: Views
  now: () => number
  log: Log
}): Handler {
  const { checkCredentials, failedSignIns, sessions, issueToken, views, now, log } = deps
  const lifetimeSeconds = deps.sessionLifetimeSeconds

  return async (req, res) => {
    requireSameOrigin(req, deps.publicOrigin)
    const fields = await readFields(req, ['username', 'password'], deps.maxBodyBytes)
    const address = req.socket.remoteAddress ?? 'unknown'
    // Taken before the look and given back after a success: a hundred guesses at once are a hundred.
    await failedSignIns.take(address)
    const subject = checkCredentials(fields)
    if (subject === undefined) {
      log('warn', 'sign-in failed', { address })
      const username = typeof fields.username === 'string' ? fields.username : ''
      const message = 'Wrong user name or password'
      return sendUnauthorized(req, res, views, 'nobody', { username, message })
    }
    await failedSignIns.giveBack(address)

    const agent = req.headers['user-agent'] ?? ''
    const startedAt = now()
    const id = await sessions.start({ subject, lifetimeSeconds, agent, address }, startedAt)
    const token = await issueToken(subject, id, startedAt)
    log('info', 'signed in', { subject, address })
    sendToken(req, res, { token, lifetimeSeconds, page: () => views.privatePage({ subject }) })
  }
}

/** Bare in the header for programs, as the original tutorial did; in a cookie for browsers; in JSON for who asks. */
function sendToken(
  req: HttpRequest,
  res: HttpResponse,
  answer: { token: string; lifetimeSeconds: number; page: () => string },
): void {
  const { token, lifetimeSeconds, page } = answer
  const headers = { authorization: token }
  if (wanted(req.headers.accept) === 'json') {
    const body = { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds }
    return reply(res, { status: 200, type: 'json', body: JSON.stringify(body), headers })
  }
  const cookie = setCookie(sessionCookie, token, lifetimeSeconds)
  reply(res, {
    status: 200,
    type: 'html',
    body: page(),
    headers: { ...headers, 'set-cookie': cookie },
  })
}
