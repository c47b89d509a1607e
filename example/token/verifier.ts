import { LRUCache } from 'lru-cache'
import { timeChecks } from './checks-times.ts'
import { TokenError } from './errors.ts'
import type { KeySet } from './key.ts'
import type { Policy, TokenClaims } from './types.ts'
import { verify } from './verify.ts'

export type Verify = (token: string, now: number) => Promise<TokenClaims>

/**
 * A verifier that remembers which tokens it has proven. A signature that held still holds, so only
 * the checks that depend on the time are asked again. It remembers the whole token, never a part or
 * a digest, and only under these keys: other keys are another verifier. Whether the session has
 * ended is not its business: that is asked of the store on every request.
 */
export function createVerifier(options: {
  keys: KeySet
  policy: Policy
  /** How many tokens are remembered; the least recently used goes first. */
  cacheSize?: number
}): Verify {
  const { keys, policy, cacheSize = 10_000 } = options
  if (policy.leewaySeconds > 60)
    throw new RangeError('Cannot make a verifier: its leeway is over 60 seconds')
  // Counted by their sizes: `max` sets aside room for all of them, at 2 ms for every server that is made.
  const proven = new LRUCache<string, TokenClaims>({ maxSize: cacheSize, sizeCalculation: () => 1 })

  return async (token, now) => {
    const known = proven.get(token)
    if (known === undefined) {
      // Frozen, for the next request with this token gets the same object.
      const claims = Object.freeze(await verify(token, { keys, policy, now }))
      proven.set(token, claims)
      return claims
    }
    for (const check of timeChecks) {
      const reason = check.refuse({ claims: known, policy, now })
      if (reason !== undefined) throw new TokenError(check.id, reason)
    }
    return known
  }
}
