import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

/**
 * Lets a state change through only when no other site can have caused it; throws 403 otherwise.
 * Every current browser says in Sec-Fetch-Site who caused a request, and no page can forge that;
 * an older one says in Origin. A client that says neither is no browser, and has no cookies to abuse.
 */
export function requireSameOrigin(
  { headers }: HttpRequest,
  publicOrigin: string | undefined,
): void {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && origin === undefined) return
  const own = publicOrigin ?? `http://${host}`
  if (site === undefined && origin === own) return
  throw new HttpError(403, 'Cannot accept the form: another site sent it')
}
