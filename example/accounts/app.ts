// The accounts server is a function of a request and a response: its parts, its route table, and an answer for what goes wrong.
import { countedBy } from '../http/client-address.ts'
import { allowOrigins } from '../http/cors.ts'
import { requireLoopbackHost } from '../http/loopback.ts'
import { createRateLimit } from '../http/rate-limit.ts'
import { createRouter } from '../http/router.ts'
import type { Handler } from '../http/types.ts'
import { createLastResort } from '../server/last-resort.ts'
import { type AppDeps, createParts } from './parts.ts'
import { routesOf } from './routes.ts'
import { createShared, tooMany } from './shared.ts'

/** The whole server as one handler; a test hands in parts of its own. */
export function createApp(deps: AppDeps, parts = createParts(deps)): Handler {
  const { teaching, forwardedHost, allowedOrigins, requestsPerSecond: points } = deps.config
  const shared = createShared(deps, parts)
  const { views, addressOf, subjectOf, log } = shared
  const route = createRouter(routesOf(shared))
  const answerError = createLastResort({ page: views.problem, subjectOf, log, plain: 'json' })
  const requests = createRateLimit({ points, seconds: 1, refusal: tooMany('requests') })

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
