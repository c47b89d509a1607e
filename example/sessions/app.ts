import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter, type Routes } from '../http/router.ts'
import type { Handler, Log } from '../http/types.ts'
import type { RecordStore } from '../store/types.ts'
import { issue } from '../token/issue.ts'
import { keySet } from '../token/key.ts'
import { createVerifier } from '../token/verifier.ts'
import { createAuthenticate } from './authenticate.ts'
import { type Config, isDemoAccount } from './config.ts'
import { credentialsOf } from './credentials.ts'
import { assetHandler } from './handlers/assets.ts'
import { authFormHandler, authHandler, type IssueToken } from './handlers/auth.ts'
import { healthHandler } from './handlers/health.ts'
import { homeHandler } from './handlers/home.ts'
import { inspectOwnHandler, inspectPastedHandler } from './handlers/inspect.ts'
import { logoutByHeaderHandler, logoutHandler } from './handlers/logout.ts'
import { privateHandler } from './handlers/private.ts'
import { inspectToken } from './inspection.ts'
import { createLastResort } from './last-resort.ts'
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
  const views = loadViews(teaching ? (isDemoAccount(account) ? account : {}) : undefined)
  const policy = sessionPolicy(sessionLifetimeSeconds)
  const key = sessionKey(config.secret)
  const keys = keySet(key)
  const sessions = new Sessions(store)
  const authenticate = createAuthenticate({
    verify: createVerifier({ keys, policy }),
    sessions,
    now,
    log,
  })
  const issueToken: IssueToken = (subject, id, startedAt) =>
    issue({ subject, id, lifetimeSeconds: sessionLifetimeSeconds }, { key, policy, now: startedAt })
  const shared = { authenticate, sessions, publicOrigin, maxBodyBytes, views, now, log }

  const home = homeHandler(shared)
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
    '/logout': { GET: logoutByHeaderHandler(shared), HEAD: false, POST: logoutHandler(shared) },
    '/health': { GET: healthHandler({ store, engine: config.engine, log }) },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
  }
  const inspect = (token: string) => inspectToken(token, { keys, policy, now: now(), sessions })
  const inspecting = { ...shared, inspect }
  const teachingRoutes: Routes = {
    '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
  }

  const route = createRouter(teaching ? { ...routes, ...teachingRoutes } : routes)
  const answerError = createLastResort({ views, log })
  const requests = createRateLimit({ points: config.requestsPerSecond, seconds: 1 })

  return async (req, res) => {
    try {
      await requests.take(req.socket.remoteAddress ?? 'unknown')
      await route(req)(req, res)
    } catch (error) {
      answerError(error, req, res)
    }
  }
}
