import { type Key, secretKey } from '../token/key.ts'
import type { Policy } from '../token/types.ts'

/** What each kind of token is for. They share a key, and no `typ` and no audience: one never passes for another. */
export type Kind = 'access' | 'refresh' | 'page' | 'link'

const types = {
  access: 'at+jwt', // RFC 9068 §2.1
  refresh: 'refresh+jwt',
  page: 'page+jwt',
  link: 'link+jwt',
} as const satisfies Record<Kind, string>

/** What this server accepts as a token of this kind: what it issues, and nothing else. */
export function policyOf(kind: Kind, lifetimeSeconds: number, leewaySeconds: number): Policy {
  return {
    algorithms: ['HS256'],
    type: types[kind],
    issuer: 'learn-json-web-tokens/accounts',
    audience: `learn-json-web-tokens/accounts/${kind}`,
    maxLength: 8192,
    maxLifetimeSeconds: lifetimeSeconds,
    leewaySeconds,
  }
}

/** The one key of this server. */
export function accountsKey(secret: string): Key {
  return secretKey({ kid: 'accounts-1', alg: 'HS256', secret: Buffer.from(secret) })
}
