// An API that takes the tokens of an issuer and has no secret of its own. Yes, no, or "cannot say": 200, 401 or 403, 503.
import { challenge, readBearer } from '../http/bearer.ts'
import { allowOrigins } from '../http/cors.ts'
import { HttpError } from '../http/errors.ts'
import { reply } from '../http/reply.ts'
import { createRouter, type Routes } from '../http/router.ts'
import { sayError } from '../http/say-error.ts'
import type { Handler, HttpRequest, HttpResponse, Log } from '../http/types.ts'
import { TokenError } from '../token/errors.ts'
import type { TokenClaims } from '../token/types.ts'
import type { Verify } from '../token/verifier.ts'
import { KeysUnavailable } from './key-set.ts'

/** The example API, as a function of a request and a response. */
export function createApi(deps: {
  verify: Verify
  /** Whose scripts may call it from other origins. */
  allowedOrigins: readonly string[]
  /** What else is served here: a page, for instance. */
  routes?: Routes
  now: () => number
  log: Log
}): Handler {
  const { verify, allowedOrigins, routes = {}, now, log } = deps

  async function claimsOf(req: HttpRequest): Promise<TokenClaims> {
    const token = readBearer(req.headers.authorization)
    if (token === undefined) throw new HttpError(401, 'A token is needed here', challenge())
    return await verify(token, now())
  }

  const route = createRouter({
    '/hello': {
      GET: async (req, res) => answer(res, 200, { hello: (await claimsOf(req)).usr }),
    },
    '/staff': {
      GET: async (req, res) => {
        const { usr, grp } = await claimsOf(req)
        if (!Array.isArray(grp) || !grp.includes('staff')) throw notStaff()
        answer(res, 200, { staff: usr })
      },
    },
    ...routes,
  })

  return allowOrigins(
    allowedOrigins,
    async (req, res) => {
      try {
        await route(req)(req, res)
      } catch (error) {
        const { status, message, headers } = refusalOf(error)
        if (status >= 500) log('error', message, { reason: sayError(error) })
        answer(res, status, { error: message }, headers)
      }
    },
    withCredentials,
  )
}

/** No cookie counts here, so what a browser adds does no harm; quidjs makes it add all it has. */
const withCredentials = { credentials: true }

function answer(res: HttpResponse, status: number, json: object, headers = {}): void {
  reply(res, { status, type: 'json', body: JSON.stringify(json), headers })
}

/** A good token that is not enough (RFC 6750 §3.1): another one like it would not help. */
function notStaff(): HttpError {
  const headers = { 'www-authenticate': 'Bearer error="insufficient_scope"' }
  return new HttpError(403, 'This is for the group staff', headers)
}

function refusalOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (error instanceof TokenError)
    return new HttpError(401, 'The token is not usable', challenge('invalid_token'))
  if (error instanceof KeysUnavailable)
    return new HttpError(503, 'Cannot say whether the token is good', { 'retry-after': '10' })
  return new HttpError(500, 'Something went wrong on our side')
}
