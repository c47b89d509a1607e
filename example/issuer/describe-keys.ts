import { publicJwk } from '../token/jwks.ts'
import type { Place } from './tokens.ts'

/** What an application is told of its keys, and everybody who asks: the public halves, and how long they are used. */
export function describeKeys({ namespace, keys, encryption }: Place, now: number): object {
  const { name: kid, policy: refresh_strategy, keySeconds } = namespace
  const isPublic = keys.current.verifyingKey.type === 'public'
  const expiry = Math.min(keys.since, encryption.since) + keySeconds
  return {
    kid,
    ...(isPublic && { pub_sig_key: publicJwk(keys.current) }),
    pub_enc_key: publicJwk(encryption.current),
    expiry,
    valid: now < expiry,
    refresh_strategy,
  }
}
