import { type Key, secretKey } from '../token/key.ts'
import type { Policy } from '../token/types.ts'

/** The longest token in an Authorization header, in characters; a cookie may not hold as many. */
export const maxTokenLength = 8192

/** What this server accepts as a session token: what it issues, and nothing else. */
export function sessionPolicy(lifetimeSeconds: number, leewaySeconds = 0): Policy {
  return {
    algorithms: ['HS256'],
    type: 'session+jwt',
    issuer: 'learn-json-web-tokens',
    audience: 'learn-json-web-tokens/sessions',
    maxLength: maxTokenLength,
    maxLifetimeSeconds: lifetimeSeconds,
    leewaySeconds, // for the token alone: the record of its session ends to the second
  }
}

/** The one key of this server. Its name says nothing, so it can change without a trace. */
export function sessionKey(secret: string): Key {
  return secretKey({ kid: 'sessions-1', alg: 'HS256', secret: Buffer.from(secret) })
}
