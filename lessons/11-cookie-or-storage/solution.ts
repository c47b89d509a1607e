import { readBearer } from '../../example/http/bearer.ts'
import { type Cookie, readCookie } from '../../example/http/cookie.ts'
import { HttpError } from '../../example/http/errors.ts'
import type { Origins } from '../../example/http/same-origin.ts'
import type { HttpRequest } from '../../example/http/types.ts'

export const firstStep: 'HttpOnly' | 'SameSite' | 'neither' | undefined = 'neither'

/** For no script, no form of another site, and all our paths. */
export function setCookie({ name, secure }: Cookie, value: string, maxAgeSeconds: number): string {
  const attributes = `Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax`
  return `${name}=${value}; ${attributes}${secure ? '; Secure' : ''}`
}

/** With the same attributes: otherwise it would be another cookie. */
export function clearCookie(cookie: Cookie): string {
  return setCookie(cookie, '', 0)
}

/** From the header or the cookie. Where they differ, nobody chooses. */
export function readToken(req: HttpRequest, from: { cookie: Cookie }): string | undefined {
  const header = readBearer(req.headers.authorization)
  const cookie = readCookie(req.headers.cookie, from.cookie)
  if (header !== undefined && cookie !== undefined && header !== cookie)
    throw new HttpError(400, 'Cannot choose between two tokens')
  return header ?? cookie
}

/** Sec-Fetch-Site decides where it came, since a proxy leaves it as it is; Origin where it did not. */
export function requireSameOrigin({ headers }: HttpRequest, origins: Origins): void {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && (origin === undefined || ownOrigins(host, origins).includes(origin)))
    return
  throw new HttpError(403, 'Cannot accept the request: another site may have caused it')
}

function ownOrigins(host: string | undefined, { publicOrigin, forwardedHost }: Origins): string[] {
  if (publicOrigin !== undefined) return [publicOrigin]
  const forwarded = forwardedHost === undefined ? [] : [`https://${forwardedHost}`]
  return [`http://${host}`, ...forwarded]
}
