// A program sends its token in a header, a browser in a cookie that no script can read. A request with both is fine
// while they are the same. Where they differ, one part of a system might believe the one and the next part the
// other: nobody chooses, and it is 400.
import { readBearer } from './bearer.ts'
import { type Cookie, readCookie } from './cookie.ts'
import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

/** The longest token that fits into a cookie beside its name and attributes (RFC 6265 §6.1). */
const maxCookieTokenLength = 4000

/** The token of a request, from the header or from this cookie. Two different ones: 400 (RFC 6750 §2). */
export function readToken(
  req: HttpRequest,
  from: { cookie: Cookie; acceptBare?: boolean },
): string | undefined {
  const header = readBearer(req.headers.authorization, from)
  const cookie = readCookie(req.headers.cookie, from.cookie)
  if (header !== undefined && cookie !== undefined && header !== cookie)
    throw new HttpError(
      400,
      'Cannot choose between two tokens: one came in a header, one in a cookie',
    )
  if (header !== undefined) return header
  if (cookie === undefined) return undefined
  // Too long: an empty token is refused, while undefined would mean that none came.
  return cookie.length <= maxCookieTokenLength ? cookie : ''
}
