import type { Cookie } from '../http/cookie.ts'

/**
 * A cookie that carries a token. `__Host-` makes the browser itself insist on Secure, on Path=/ and on no Domain: a sub-domain
 * or a page over plain http cannot plant a cookie of this name (RFC 6265bis §4.1.3.2). Safari grants
 * Secure to nobody over plain http, to localhost neither: a practice server does without, also where a workspace
 * puts https in front.
 */
export function hostCookie(
  name: string,
  server: { readonly teaching: boolean; readonly publicOrigin: string | undefined },
): Cookie {
  const plain = server.teaching && !server.publicOrigin?.startsWith('https:')
  return plain ? { name, secure: false } : { name: `__Host-${name}`, secure: true }
}
