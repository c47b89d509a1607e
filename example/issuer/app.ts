// The issuer is a function of a request and a response: its parts, its route table, and an answer for what goes wrong.
import { clientAddress, countedBy } from '../http/client-address.ts'
import { allowOrigins } from '../http/cors.ts'
import { requireLoopbackHost } from '../http/loopback.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter } from '../http/router.ts'
import type { Handler, HttpRequest } from '../http/types.ts'
import { healthHandler } from '../server/health.ts'
import { createLastResort } from '../server/last-resort.ts'
import { adminRoutes } from './admin-routes.ts'
import { accessTokenHandler, refreshAccessHandler } from './handlers/access-token.ts'
import { issueTokenHandler } from './handlers/issue-token.ts'
import { jwksHandler } from './handlers/jwks.ts'
import { keysHandler, renewKeysHandler } from './handlers/keys.ts'
import { publicKeyHandler } from './handlers/public-key.ts'
import { refreshTokenHandler } from './handlers/refresh-token.ts'
import { registerHandler } from './handlers/register.ts'
import { renewTokenHandler } from './handlers/renew-token.ts'
import { revokeHandler } from './handlers/revoke.ts'
import { validHandler } from './handlers/valid.ts'
import { type AppDeps, createParts } from './parts.ts'

/** The whole issuer as one handler; a test hands in parts of its own. */
export function createApp(deps: AppDeps, parts = createParts(deps)): Handler {
  const { config, store, now, log } = deps
  const { teaching, forwardedHost, maxBodyBytes, allowedOrigins } = config
  const addressOf = (req: HttpRequest) => clientAddress(req, config.trustedProxies)
  const signIns = createRateLimit({
    points: config.signInsPerMinute,
    seconds: 60,
    refusal: tooMany('sign-ins'),
  })
  const shared = { ...parts, addressOf, maxBodyBytes, signIns, now, log, defaults: config.defaults }
  const refreshToken = refreshTokenHandler(shared)
  const accessToken = accessTokenHandler(shared)
  const refreshAccess = refreshAccessHandler(shared)

  const route = createRouter({
    '/token/refresh': { POST: refreshToken },
    '/token/refresh/:ttl': { POST: refreshToken },
    '/token/access': { POST: accessToken },
    '/token/access/:ttl': { POST: accessToken },
    '/token/refresh-access': { POST: refreshAccess },
    '/token/refresh-access/:ttl': { POST: refreshAccess },
    '/token/public': { POST: publicKeyHandler(shared) },
    '/token/valid': { POST: validHandler(shared) },
    '/token/revoke': { POST: revokeHandler({ ...shared, by: users }) },
    '/register/:kid': { POST: registerHandler(shared) },
    '/keys/:kid': { GET: keysHandler(shared) },
    '/renew_keys': { POST: renewKeysHandler(shared) },
    '/issue_token': { POST: issueTokenHandler(shared) },
    '/renew_token': { POST: renewTokenHandler(shared) },
    '/revoke_token': { POST: revokeHandler({ ...shared, by: applications }) },
    '/:namespace/.well-known/jwks.json': { GET: jwksHandler(shared) },
    ...adminRoutes(shared),
    '/health': { GET: healthHandler({ store, engine: config.storeUrl.engine, log }) },
  })
  const answerError = createLastResort({ log })
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
      await answerError(error, req, res)
    }
  })
}

const users = { field: 'namespace', clientOnly: false } as const
const applications = { field: 'kid', clientOnly: true } as const

const tooMany = (what: string) => `Cannot answer: too many ${what} came from your address`
