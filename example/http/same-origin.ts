import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

/** By which names browsers know this server, besides the `Host` that they ask. */
export interface Origins {
  /** The one origin there is, where it is known. */
  readonly publicOrigin?: string | undefined
  /** The host under which a cloud workspace forwards our port. */
  readonly forwardedHost?: string | undefined
}

/**
 * Lets a state change through only when no other site can have caused it; throws 403 otherwise.
 * Every current browser says in Sec-Fetch-Site who caused a request, and in Origin which page did; no
 * page can forge either. A client that says neither is no browser, and has no cookies to abuse.
 */
export function requireSameOrigin({ headers }: HttpRequest, origins: Origins): void {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site === 'same-origin' && origin === 'null') return // a page that asks for no referrer
  const own = origin === undefined || ownOrigins(host, site, origins).includes(origin)
  if (own && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new HttpError(403, site === 'same-origin' ? unknownName : otherSite)
}

const otherSite = 'Cannot accept the form: another site sent it'
const unknownName =
  'Cannot accept the form: its page has an address that this server does not know. Behind a proxy, PUBLIC_ORIGIN says which it is'

function ownOrigins(
  host: string | undefined,
  site: string | string[] | undefined,
  { publicOrigin, forwardedHost }: Origins,
): string[] {
  if (publicOrigin !== undefined) return [publicOrigin]
  const asked = host === undefined ? [] : [`http://${host}`]
  // A proxy may have taken off the TLS: only a browser that says so itself is believed.
  const overTls = site === 'same-origin' && host !== undefined ? [`https://${host}`] : []
  const forwarded = forwardedHost === undefined ? [] : [`https://${forwardedHost}`]
  return [...asked, ...overTls, ...forwarded]
}
