// The accounts server is a function of a request and a response: its parts, its route table, and an answer for what goes wrong.
import { clientAddress, countedBy } from '../http/client-address.ts'
import { allowOrigins } from '../http/cors.ts'
import { HttpError } from '../http/errors.ts'
import { requireLoopbackHost } from '../http/loopback.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter, type Routes } from '../http/router.ts'
import type { Handler, HttpRequest, Log } from '../http/types.ts'
import { Attempts } from '../password/attempts.ts'
import { createPasswords, HashingBusy, type Passwords } from '../password/hash.ts'
import { assetHandler } from '../server/assets.ts'
import { healthHandler } from '../server/health.ts'
import { hostCookie } from '../server/host-cookie.ts'
import { inspectOwnHandler, inspectPastedHandler } from '../server/inspect.ts'
import { createLastResort } from '../server/last-resort.ts'
import { leewayWith } from '../server/leeway.ts'
import type { RecordStore } from '../store/types.ts'
import { Administrators } from './administrators.ts'
import { createAudit } from './audit.ts'
import { createAuthenticate } from './authenticate.ts'
import { createBeginSession } from './begin-session.ts'
import type { Config } from './config.ts'
import { Families } from './family.ts'
import { beginFamilyHandler, familyHandler, useFamilyHandler } from './handlers/family.ts'
import { homeHandler } from './handlers/home.ts'
import { logoutByHeaderHandler, logoutHandler } from './handlers/logout.ts'
import { passwordFormHandler, passwordHandler } from './handlers/password.ts'
import { refreshHandler } from './handlers/refresh.ts'
import { renewHandler } from './handlers/renew.ts'
import {
  endAllSessionsHandler,
  endSessionHandler,
  endSessionsHandler,
  sessionsHandler,
} from './handlers/sessions.ts'
import { endSessionsOfHandler, sessionsOfHandler } from './handlers/sessions-of.ts'
import { signInFormHandler, signInHandler } from './handlers/sign-in.ts'
import { signUpFormHandler, signUpHandler } from './handlers/sign-up.ts'
import { enabledHandler, removeUserHandler, rolesHandler, usersHandler } from './handlers/users.ts'
import { welcomeHandler } from './handlers/welcome.ts'
import { createInspect } from './inspect.ts'
import { accountsKey } from './policy.ts'
import { createRequireToken } from './require-token.ts'
import { createSendPair } from './send-pair.ts'
import { createCheckCredentials } from './sign-in.ts'
import { createTokens } from './tokens.ts'
import { createSendUnauthorized } from './unauthorized.ts'
import { createUseRefreshToken } from './use-refresh-token.ts'
import { Users } from './user.ts'
import { loadViews } from './views.ts'

export interface AppDeps {
  readonly config: Config
  readonly store: RecordStore
  /** The time in seconds since 1970. */
  readonly now: () => number
  readonly log: Log
}

/** What the handlers are made of: a test or a lesson replaces one of these. */
export function createParts({ config, store, now, log }: AppDeps) {
  const users = new Users(store)
  const families = new Families(store)
  const audit = createAudit(log)
  const cookie = hostCookie('accounts', config)
  const passwords: Passwords = createPasswords()
  const pageSeconds = Math.min(config.refreshSeconds, config.sessionSeconds)
  const seenSeconds = config.accessSeconds
  const tokens = createTokens({
    key: accountsKey(config.secret),
    lifetimes: {
      access: config.accessSeconds,
      refresh: config.refreshSeconds,
      page: pageSeconds,
    },
    leewaySeconds: leewayWith(config.storeUrl.engine),
  })
  const rules = {
    policy: config.refreshPolicy,
    graceSeconds: config.graceSeconds,
    lifetimeSeconds: config.refreshSeconds,
  }
  return {
    users,
    families,
    administrators: new Administrators(store, users),
    audit,
    cookie,
    pageSeconds,
    passwords,
    tokens,
    rules,
    authenticate: createAuthenticate({ tokens, users, families, cookie, seenSeconds, now, log }),
    checkCredentials: createCheckCredentials({
      users,
      families,
      passwords,
      attempts: new Attempts(store, config.failedSignInsPerMinute),
      audit,
      now,
    }),
    useRefreshToken: createUseRefreshToken({ tokens, users, families, rules, audit, now, log }),
    sendPair: createSendPair({ tokens, policy: config.refreshPolicy, now }),
  }
}

export function createApp(deps: AppDeps, parts = createParts(deps)): Handler {
  const { config, store, now, log } = deps
  const { teaching, publicOrigin, forwardedHost, maxBodyBytes, allowedOrigins } = config
  const { authenticate, audit, cookie } = parts
  const views = loadViews(teaching)
  const origins = { publicOrigin, forwardedHost }
  const addressOf = (req: HttpRequest) => clientAddress(req, config.trustedProxies)
  const perMinute = (points: number, refusal: string) =>
    createRateLimit({ points, seconds: 60, refusal })
  const sendUnauthorized = createSendUnauthorized(views, cookie)
  const shared = {
    ...parts,
    views,
    addressOf,
    openTo: { origins, allowedOrigins, maxBodyBytes },
    maxBodyBytes,
    sendUnauthorized,
    signIns: perMinute(config.signInsPerMinute, tooMany('sign-ins')),
    signUps: perMinute(config.signUpsPerMinute, tooMany('sign-ups')),
    refreshes: perMinute(config.refreshesPerMinute, tooMany('refreshes')),
    sessionSeconds: config.sessionSeconds,
    sessionsPerUser: config.sessionsPerUser,
    windowSeconds: config.windowSeconds,
    now,
    log,
  }
  const beginning = { ...shared, beginSession: createBeginSession(shared) }
  const requireToken = createRequireToken({ authenticate, sendUnauthorized, origins, audit })
  const administrators = { roles: ['ADMIN'] } as const

  const routes: Routes = {
    '/': { GET: homeHandler(shared) },
    '/signup': { GET: signUpFormHandler(shared), POST: signUpHandler(beginning) },
    '/signin': { GET: signInFormHandler(shared), POST: signInHandler(beginning) },
    // A route of your own looks like this one: what it does, wrapped in who may.
    '/welcome': { GET: requireToken(welcomeHandler(shared), { roles: ['CLIENT', 'ADMIN'] }) },
    '/refresh':
      config.refreshPolicy === 'window'
        ? { GET: requireToken(renewHandler(shared)) }
        : { POST: refreshHandler(shared) },
    '/logout': { GET: logoutByHeaderHandler(shared), HEAD: false, POST: logoutHandler(shared) },
    '/sessions': {
      GET: requireToken(sessionsHandler(shared)),
      DELETE: requireToken(endAllSessionsHandler(shared)),
    },
    '/sessions/end': { POST: requireToken(endSessionsHandler(shared)) },
    '/sessions/:id': { DELETE: requireToken(endSessionHandler(shared)) },
    '/password': {
      GET: requireToken(passwordFormHandler(shared)),
      POST: requireToken(passwordHandler(shared)),
    },
    '/users': { GET: requireToken(usersHandler(shared), administrators) },
    '/users/:name': { DELETE: requireToken(removeUserHandler(shared), administrators) },
    '/users/:name/sessions': {
      GET: requireToken(sessionsOfHandler(shared), administrators),
      DELETE: requireToken(endSessionsOfHandler(shared), administrators),
    },
    '/users/:name/roles': { PUT: requireToken(rolesHandler(shared), administrators) },
    '/users/:name/enabled': { PUT: requireToken(enabledHandler(shared), administrators) },
    '/health': { GET: healthHandler({ store, engine: config.storeUrl.engine, log }) },
    '/style.css': { GET: assetHandler({ type: 'css', body: views.css }) },
    '/favicon.svg': { GET: assetHandler({ type: 'svg', body: views.icon }) },
  }
  const subjectOf = async (req: HttpRequest) => {
    const visitor = await authenticate(req)
    return visitor.kind === 'known' ? visitor.user.name : undefined
  }
  const inspecting = { ...shared, origins, subjectOf, inspect: createInspect(shared) }
  const teachingRoutes: Routes = {
    '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
    '/family': {
      GET: requireToken(familyHandler(shared)),
      POST: requireToken(beginFamilyHandler(shared)),
    },
    '/family/use': { POST: requireToken(useFamilyHandler(shared)) },
  }
  const route = createRouter(teaching ? { ...routes, ...teachingRoutes } : routes)
  const answerError = createLastResort({
    page: views.problem,
    subjectOf,
    log,
    plain: 'json',
  })
  const requests = createRateLimit({
    points: config.requestsPerSecond,
    seconds: 1,
    refusal: tooMany('requests'),
  })

  return allowOrigins(allowedOrigins, async (req, res) => {
    try {
      await requests.take(countedBy(addressOf(req)))
      if (teaching) requireLoopbackHost(req, forwardedHost)
      await route(req)(req, res)
    } catch (error) {
      const busy = error instanceof HashingBusy
      await answerError(
        busy ? new HttpError(503, tooBusy, { 'retry-after': '1' }) : error,
        req,
        res,
      )
    }
  })
}

const tooMany = (what: string) => `Cannot answer: too many ${what} came from your address`
const tooBusy = 'Cannot look at your password now: too many are signing in'
