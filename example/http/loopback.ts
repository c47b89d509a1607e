import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

/** How a machine calls itself: nobody else can be reached by these names. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Whether browsers on this machine alone can reach this origin. */
export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && loopbackNames.includes(new URL(origin).hostname)
}

/**
 * Throws 421 when a server for this machine alone is asked under the name of another. Whoever owns a
 * domain may point it at 127.0.0.1 (DNS rebinding): a browser then takes their page for one of ours.
 */
export function requireLoopbackHost(
  { headers: { host } }: HttpRequest,
  forwardedHost: string | undefined,
): void {
  if (host === undefined) return // HTTP/1.0: no browser
  const name = host.replace(/:\d*$/, '').toLowerCase()
  if (loopbackNames.includes(name) || name === forwardedHost) return
  const shown = /^[a-z0-9.-]{1,253}$/.test(name) ? name : 'another name'
  throw new HttpError(
    421,
    `Cannot answer for ${shown}: this server is called localhost. If a cloud workspace forwards its port under that name, start it with FORWARDED_HOST and the name`,
  )
}
