// The server is a function of a request and a response, and needs no port: a test calls it with two objects written by
// hand, listen.ts with real ones. All that it leans on is handed in: settings, store, clock, log. So a lesson
// can put another part in the place of one, and show what breaks without it.
import { clientAddress, countedBy } from '../http/client-address.ts'
import type { Cookie } from '../http/cookie.ts'
import { requireLoopbackHost } from '../http/loopback.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter, type Routes } from '../http/router.ts'
import type { Handler, HttpRequest, Log } from '../http/types.ts'
import { assetHandler } from '../server/assets.ts'
import { healthHandler } from '../server/health.ts'
import { hostCookie } from '../server/host-cookie.ts'
import { inspectOwnHandler, inspectPastedHandler } from '../server/inspect.ts'
import { inspectToken, type Look } from '../server/inspection.ts'
import { createLastResort } from '../server/last-resort.ts'
import { leewayWith } from '../server/leeway.ts'
import type { RecordStore } from '../store/types.ts'
import { issue } from '../token/issue.ts'
import { type KeySet, keySet } from '../token/key.ts'
import type { Policy } from '../token/types.ts'
import { createVerifier } from '../token/verifier.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { type Config, isDemoAccount } from './config.ts'
import { credentialsOf } from './credentials.ts'
import { authFormHandler, authHandler, type IssueToken } from './handlers/auth.ts'
import { homeHandler } from './handlers/home.ts'
import { logoutByHeaderHandler, logoutHandler } from './handlers/logout.ts'
import { privateHandler } from './handlers/private.ts'
import { signedOutHandler } from './handlers/signed-out.ts'
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

/** What the handlers are made of: a lesson replaces one of these to see what breaks. */
export interface Parts {
  readonly policy: Policy
  readonly keys: KeySet
  readonly cookie: Cookie
  readonly sessions: Pick<Sessions, keyof Sessions>
  readonly authenticate: Authenticate
  readonly issueToken: IssueToken
}

export function createParts({ config, store, now, log }: AppDeps): Parts {
  const { sessionLifetimeSeconds: lifetimeSeconds } = config
  const cookie = hostCookie('session', config)
  const policy = sessionPolicy(lifetimeSeconds, leewayWith(config.storeUrl.engine))
  const key = sessionKey(config.secret)
  const keys = keySet(key)
  const sessions = new Sessions(store)
  const verify = createVerifier({ keys, policy })
  return {
    policy,
    keys,
    cookie,
    sessions,
    authenticate: createAuthenticate({ verify, sessions, cookie, now, log }),
    issueToken: (subject, id, startedAt) =>
      issue({ subject, id, lifetimeSeconds }, { key, policy, now: startedAt }),
  }
}

/** The whole server as one handler: a route table, and an answer for what goes wrong. */
export function createApp(deps: AppDeps, parts: Parts = createParts(deps)): Handler {
  const { config, store, now, log } = deps
  const { policy, keys, cookie, sessions, authenticate, issueToken } = parts
  const { sessionLifetimeSeconds, maxBodyBytes, teaching, account, publicOrigin, forwardedHost } =
    config
  const views = loadViews(teaching ? (isDemoAccount(account) ? account : {}) : undefined)
  const shared = {
    authenticate,
    sessions,
    cookie,
    origins: { publicOrigin, forwardedHost },
    maxBodyBytes,
    views,
    now,
    log,
  }
  const addressOf = (req: HttpRequest) => clientAddress(req, config.trustedProxies)

  const home = homeHandler(shared)
  const routes: Routes = {
    '/': { GET: home },
    '/home': { GET: home },
    '/auth': {
      GET: authFormHandler(shared),
      POST: authHandler({
        ...shared,
        addressOf,
        checkCredentials: credentialsOf(account),
        failedSignIns: createRateLimit({
          points: config.failedSignInsPerMinute,
          seconds: 60,
          refusal: tooManyGuesses,
        }),
        signIns: createRateLimit({
          points: config.signInsPerMinute,
          seconds: 60,
          refusal: tooManySignIns,
        }),
        issueToken,
        sessionLifetimeSeconds,
        sessionsPerUser: config.sessionsPerUser,
      }),
    },
    '/private': { GET: privateHandler(shared) },
    '/logout': { GET: logoutByHeaderHandler(shared), HEAD: false, POST: logoutHandler(shared) },
    '/signed-out': { GET: signedOutHandler(shared) },
    '/health': { GET: healthHandler({ store, engine: config.storeUrl.engine, log }) },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
  }
  const inspect = (token: string) => {
    const time = now()
    const look: Look = ({ sub, jti }) => sessions.look(sub, jti, time)
    return inspectToken(token, { keys, policy, now: time, look })
  }
  const subjectOf = async (req: HttpRequest) => {
    const visitor = await authenticate(req)
    return visitor.kind === 'known' ? visitor.session.subject : undefined
  }
  const inspecting = { ...shared, inspect, subjectOf }
  const teachingRoutes: Routes = {
    '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
  }

  const route = createRouter(teaching ? { ...routes, ...teachingRoutes } : routes)
  const answerError = createLastResort({
    page: views.problem,
    subjectOf,
    log,
  })
  const requests = createRateLimit({
    points: config.requestsPerSecond,
    seconds: 1,
    refusal: tooManyRequests,
  })

  return async (req, res) => {
    try {
      await requests.take(countedBy(addressOf(req)))
      if (teaching) requireLoopbackHost(req, forwardedHost)
      await route(req)(req, res)
    } catch (error) {
      await answerError(error, req, res)
    }
  }
}

const tooManyRequests = 'Cannot answer: too many requests came from your address'
const tooManySignIns = 'Cannot sign you in: too many sign-ins came from your address'
const tooManyGuesses =
  'Cannot look at your password: too many wrong ones came from your address, and for now the right one is refused, too'
