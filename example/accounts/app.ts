// The accounts server is a function of a request and a response: its parts, its route table, and an answer for what goes wrong.
import { clientAddress, countedBy } from '../http/client-address.ts'
import { allowOrigins } from '../http/cors.ts'
import { HttpError } from '../http/errors.ts'
import { requireLoopbackHost } from '../http/loopback.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter, type Routes } from '../http/router.ts'
import type { Handler, HttpRequest } from '../http/types.ts'
import { HashingBusy } from '../password/hash.ts'
import { assetHandler } from '../server/assets.ts'
import { healthHandler } from '../server/health.ts'
import { inspectOwnHandler, inspectPastedHandler } from '../server/inspect.ts'
import { createLastResort } from '../server/last-resort.ts'
import { createBeginSession } from './begin-session.ts'
import { beginFamilyHandler, familyHandler, useFamilyHandler } from './handlers/family.ts'
import { logoutByHeaderHandler, logoutHandler, signedOutHandler } from './handlers/logout.ts'
import { outboxHandler } from './handlers/outbox.ts'
import { pageHandler } from './handlers/page.ts'
import { passwordFormHandler, passwordHandler } from './handlers/password.ts'
import { refreshHandler } from './handlers/refresh.ts'
import { renewHandler } from './handlers/renew.ts'
import { resetHandler, sendResetLinkHandler } from './handlers/reset.ts'
import {
  endAllSessionsHandler,
  endSessionHandler,
  endSessionsHandler,
  sessionsHandler,
} from './handlers/sessions.ts'
import { endSessionsOfHandler, sessionsOfHandler } from './handlers/sessions-of.ts'
import { signInHandler } from './handlers/sign-in.ts'
import { signUpHandler } from './handlers/sign-up.ts'
import { enabledHandler, removeUserHandler, rolesHandler, usersHandler } from './handlers/users.ts'
import { sendVerifyLinkHandler, verifyHandler } from './handlers/verify.ts'
import { welcomeHandler } from './handlers/welcome.ts'
import { createInspect } from './inspect.ts'
import { linkPageHandler } from './link-page.ts'
import { type AppDeps, createParts } from './parts.ts'
import { createRequireToken } from './require-token.ts'
import { said } from './said.ts'
import type { SendLink } from './send-link.ts'
import { createSendUnauthorized } from './unauthorized.ts'
import { loadViews, type Said } from './views.ts'

export function createApp(deps: AppDeps, parts = createParts(deps)): Handler {
  const { config, store, now, log } = deps
  const { teaching, publicOrigin, forwardedHost, maxBodyBytes, allowedOrigins } = config
  const { authenticate, audit, cookie, sendLink } = parts
  const views = loadViews(teaching, sendLink !== undefined)
  const origins = { publicOrigin, forwardedHost }
  const addressOf = (req: HttpRequest) => clientAddress(req, config.trustedProxies)
  const perMinute = (points: number, refusal: string) =>
    createRateLimit({ points, seconds: 60, refusal })
  const sendUnauthorized = createSendUnauthorized(views, cookie)
  const subjectOf = async (req: HttpRequest) => {
    const visitor = await authenticate(req)
    return visitor.kind === 'known' ? visitor.user.name : undefined
  }
  const shared = {
    ...parts,
    subjectOf,
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
  const requireToken = createRequireToken({
    authenticate,
    sendUnauthorized,
    origins,
    maxBodyBytes,
    audit,
  })
  const administrators = { roles: ['ADMIN'] } as const
  const page = (page: (subject: string | undefined) => string) => pageHandler(page, shared)
  const saying = (what: Said) => page((subject) => views.said({ ...what, subject }))

  const routes: Routes = {
    '/': { GET: page((subject) => views.home({ subject })) },
    '/signup': {
      GET: page((subject) => views.signUp({ subject })),
      POST: signUpHandler(beginning),
    },
    '/signin': {
      GET: page((subject) => views.signIn({ subject })),
      POST: signInHandler(beginning),
    },
    // A route of your own looks like this one: what it does, wrapped in who may.
    '/welcome': { GET: requireToken(welcomeHandler(shared), { roles: ['CLIENT', 'ADMIN'] }) },
    '/refresh':
      config.refreshPolicy === 'window'
        ? { GET: requireToken(renewHandler(shared)) }
        : { POST: refreshHandler(shared) },
    '/logout': { GET: logoutByHeaderHandler(shared), HEAD: false, POST: logoutHandler(shared) },
    '/signed-out': { GET: signedOutHandler(shared) },
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
    '/password/done': { GET: requireToken(saying(said.passwordChanged)) },
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
  const linkRoutes = (sendLink: SendLink): Routes => ({
    '/verify': { GET: linkPageHandler('verify-email', shared), POST: verifyHandler(shared) },
    '/verify/send': { POST: requireToken(sendVerifyLinkHandler({ ...shared, sendLink })) },
    '/verify/done': { GET: saying(said.verified) },
    '/reset': { GET: linkPageHandler('reset-password', shared), POST: resetHandler(shared) },
    '/reset/send': {
      GET: page((subject) => views.forgot({ subject })),
      POST: sendResetLinkHandler({ ...shared, sendLink }),
    },
    '/reset/done': { GET: saying(said.passwordReset) },
  })
  const inspecting = { ...shared, origins, inspect: createInspect(shared) }
  const teachingRoutes: Routes = {
    '/inspect': { GET: inspectOwnHandler(inspecting), POST: inspectPastedHandler(inspecting) },
    '/outbox': { GET: outboxHandler(shared) },
    '/family': {
      GET: requireToken(familyHandler(shared)),
      POST: requireToken(beginFamilyHandler(shared)),
    },
    '/family/use': { POST: requireToken(useFamilyHandler(shared)) },
  }
  const route = createRouter({
    ...routes,
    ...(sendLink && linkRoutes(sendLink)),
    ...(teaching && teachingRoutes),
  })
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
