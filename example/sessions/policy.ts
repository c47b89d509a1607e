import type { Cookie } from '../http/cookie.ts'
import type { StoreUrl } from '../store/url.ts'
import { type Key, secretKey } from '../token/key.ts'
import type { Policy } from '../token/types.ts'

/** The longest token in an Authorization header, in characters; a cookie may not hold as many. */
export const maxTokenLength = 8192

/**
 * Servers on one Redis may be machines whose clocks differ: without leeway the one that is behind refuses what
 * the other has just issued. Elsewhere there is one machine, and one clock.
 */
export function leewayWith(engine: StoreUrl['engine']): number {
  return engine.startsWith('redis') ? 5 : 0
}

/** What this server accepts as a session token: what it issues, and nothing else. */
export function sessionPolicy(lifetimeSeconds: number, leewaySeconds = 0): Policy {
  return {
    algorithms: ['HS256'],
    type: 'session+jwt',
    issuer: 'learn-json-web-tokens',
    audience: 'learn-json-web-tokens/sessions',
    maxLength: maxTokenLength,
    maxLifetimeSeconds: lifetimeSeconds,
    leewaySeconds, // the record of a session ends to the second all the same
  }
}

/** The one key of this server. Its name says nothing, so it can change without a trace. */
export function sessionKey(secret: string): Key {
  return secretKey({ kid: 'sessions-1', alg: 'HS256', secret: Buffer.from(secret) })
}

/**
 * The cookie that carries the token. `__Host-` makes the browser itself insist on Secure, on Path=/ and on no Domain: a sub-domain
 * or a page over plain http cannot plant a cookie of this name (RFC 6265bis §4.1.3.2). Safari grants
 * Secure to nobody over plain http, to localhost neither: a practice server does without, also where a workspace
 * puts https in front.
 */
export function sessionCookie(server: {
  readonly teaching: boolean
  readonly publicOrigin: string | undefined
}): Cookie {
  const plain = server.teaching && !server.publicOrigin?.startsWith('https:')
  return plain ? { name: 'session', secure: false } : { name: '__Host-session', secure: true }
}
