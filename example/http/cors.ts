import type { OutgoingHttpHeaders } from 'node:http'
import type { Handler, HttpResponse } from './types.ts'

const preflightSeconds = '600'

/**
 * Lets the scripts of these origins, and of no others, ask a server and read what it answers (Fetch §3.2).
 * The list is exact and empty by default: an origin is never repeated back because it came. No credentials are allowed, unless
 * that is asked for: what a browser keeps for us stays out of it, and a token in a header is the script's own.
 */
export function allowOrigins(
  origins: readonly string[],
  handler: Handler,
  { credentials = false }: { credentials?: boolean } = {},
): Handler {
  if (origins.length === 0) return handler
  return async (req, res, name) => {
    const { origin, 'access-control-request-method': asked } = req.headers
    // A cache must not give the answer for one origin to another.
    if (origin === undefined || !origins.includes(origin))
      return await handler(req, adding(res, { vary: 'Origin' }), name)
    const allowed = {
      vary: 'Origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'www-authenticate, retry-after',
      ...(credentials && { 'access-control-allow-credentials': 'true' }),
    }
    if (req.method !== 'OPTIONS' || asked === undefined)
      return await handler(req, adding(res, allowed), name)
    // The question that a browser asks before a request which no form could send.
    res.writeHead(204, {
      ...allowed,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': preflightSeconds,
    })
    res.end()
  }
}

/** The same response, whose head gets these headers, too. */
function adding(res: HttpResponse, more: OutgoingHttpHeaders): HttpResponse {
  return {
    writeHead: (status, headers = {}) => {
      const vary = [headers.vary, more.vary].filter(Boolean).join(', ')
      return res.writeHead(status, { ...headers, ...more, vary })
    },
    end: (body) => res.end(body),
  }
}
