import { clientAddress } from '../http/client-address.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import type { HttpRequest } from '../http/types.ts'
import { createBeginSession } from './begin-session.ts'
import type { AppDeps, Parts } from './parts.ts'
import { createRequireToken } from './require-token.ts'
import { createSendUnauthorized } from './unauthorized.ts'
import { loadViews } from './views.ts'

export type Shared = ReturnType<typeof createShared>

/** What the handlers of one app share: its parts, its pages, its limits, and who is counted. */
export function createShared(deps: AppDeps, parts: Parts) {
  const { config, store, now, log } = deps
  const { teaching, publicOrigin, forwardedHost, maxBodyBytes, allowedOrigins } = config
  const views = loadViews(teaching, parts.sendLink !== undefined)
  const origins = { publicOrigin, forwardedHost }
  const perMinute = (points: number, what: string) =>
    createRateLimit({ points, seconds: 60, refusal: tooMany(what) })
  const shared = {
    ...parts,
    teaching,
    store,
    engine: config.storeUrl.engine,
    views,
    origins,
    openTo: { origins, allowedOrigins, maxBodyBytes },
    maxBodyBytes,
    sendUnauthorized: createSendUnauthorized(views, parts.cookie),
    signIns: perMinute(config.signInsPerMinute, 'sign-ins'),
    signUps: perMinute(config.signUpsPerMinute, 'sign-ups'),
    refreshes: perMinute(config.refreshesPerMinute, 'refreshes'),
    sessionSeconds: config.sessionSeconds,
    sessionsPerUser: config.sessionsPerUser,
    windowSeconds: config.windowSeconds,
    now,
    log,
    addressOf: (req: HttpRequest) => clientAddress(req, config.trustedProxies),
    subjectOf: async (req: HttpRequest) => {
      const visitor = await parts.authenticate(req)
      return visitor.kind === 'known' ? visitor.user.name : undefined
    },
  }
  const requireToken = createRequireToken(shared)
  return { ...shared, requireToken, beginSession: createBeginSession(shared) }
}

export const tooMany = (what: string) => `Cannot answer: too many ${what} came from your address`
