import { HttpError } from '../http/errors.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter, type Routes } from '../http/router.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../http/types.ts'
import { StoreUnavailable } from '../store/errors.ts'
import type { RecordStore } from '../store/types.ts'
import { issue } from '../token/issue.ts'
import { keySet } from '../token/key.ts'
import { createVerifier } from '../token/verifier.ts'
import { sendProblem } from './answers.ts'
import { createAuthenticate } from './authenticate.ts'
import { type Config, demoAccount } from './config.ts'
import { credentialsOf } from './credentials.ts'
import { assetHandler } from './handlers/assets.ts'
import { authFormHandler, authHandler, type IssueToken } from './handlers/auth.ts'
import { homeHandler } from './handlers/home.ts'
import { inspectOwnHandler, inspectPastedHandler } from './handlers/inspect.ts'
import { logoutHandler } from './handlers/logout.ts'
import { privateHandler } from './handlers/private.ts'
import { inspectToken } from './inspection.ts'
import { sessionKey, sessionPolicy } from './policy.ts'
import { Sessions } from './session.ts'
import { loadViews } from './views.ts'

export interface AppDeps {
  readonly config: Config
  readonly store: RecordStore
  /** The time in seconds since 1970. */
  readonly now: () => number
  readonly log: Log
}

/** The whole server as one handler: a route table, and an answer for what goes wrong. */
export function createApp({ config, store, now, log }: AppDeps): Handler {
  const { sessionLifetimeSeconds, publicOrigin, maxBodyBytes, teaching, account } = config
  const views = loadViews(teaching ? demoHint(account) : undefined)
  const policy = sessionPolicy(sessionLifetimeSeconds)
  const key = sessionKey(config.secret)
  const keys = keySet(key)
  const sessions = new Sessions(store)
  const authenticate = createAuthenticate({
    verify: createVerifier({ keys, policy }),
    sessions,
    now,
  })
  const issueToken: IssueToken = (subject, id, startedAt) =>
    issue({ subject, id, lifetimeSeconds: sessionLifetimeSeconds }, { key, policy, now: startedAt })
  const shared = { authenticate, sessions, publicOrigin, maxBodyBytes, views, now, log }

  const home = homeHandler(shared)
  const logout = logoutHandler(shared)
  const routes: Routes = {
    '/': { GET: home },
    '/home': { GET: home },
    '/auth': {
      GET: authFormHandler(shared),
      POST: authHandler({
        ...shared,
        checkCredentials: credentialsOf(account),
        failedSignIns: createRateLimit({ points: config.failedSignInsPerMinute, seconds: 60 }),
        issueToken,
        sessionLifetimeSeconds,
      }),
    },
    '/private': { GET: privateHandler(shared) },
    '/logout': { GET: logout, POST: logout },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
  }
  const inspect = (token: string) => inspectToken(token, { keys, policy, now: now(), sessions })
  const inspecting = { ...shared, inspect }
  const teachingRoutes: Routes = {
    '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
  }

  const route = createRouter(teaching ? { ...routes, ...teachingRoutes } : routes)
  const requests = createRateLimit({ points: config.requestsPerSecond, seconds: 1 })

  function answerError(error: unknown, req: HttpRequest, res: HttpResponse): void {
    if (error instanceof HttpError) return sendProblem(req, res, views, error)
    // The client learns that something is wrong, never what: messages tell about our insides.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    if (error instanceof StoreUnavailable) {
      log('error', 'store unavailable', { reason })
      const message = 'The session store does not answer: try again in a moment'
      return sendProblem(req, res, views, { status: 503, message, headers: { 'retry-after': '1' } })
    }
    log('error', 'unexpected error', { reason })
    const message = 'Something went wrong on our side'
    sendProblem(req, res, views, { status: 500, message, headers: { connection: 'close' } })
  }

  return async (req, res) => {
    try {
      await requests.take(req.socket.remoteAddress ?? 'unknown')
      await route(req)(req, res)
    } catch (error) {
      answerError(error, req, res)
    }
  }
}

/** The account may be shown only while it is the well-known one. */
function demoHint({ username, password }: Config['account']) {
  const wellKnown = username === demoAccount.username && password === demoAccount.password
  return wellKnown ? { username, password } : {}
}
