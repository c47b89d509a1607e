// What comes of the use of a refresh token. One that was exchanged already is in two hands: whoever shows it, the grant ends,
// and all of its tokens with it (RFC 9700 §4.14.2).
import { randomUUID } from 'node:crypto'
import type { Grant } from './grant.ts'

export const refreshPolicies = ['noRefresh', 'refreshOnExpire', 'refreshBoth'] as const

/** When a refresh token is exchanged for a new one: never, near its end, or at every use. */
export type RefreshPolicy = (typeof refreshPolicies)[number]

/** `refreshOnExpire` exchanges a token when less of its life than this is left. */
const nearItsEnd = 0.3

/** The immediate predecessor brings the same successor again for so long: two tabs at once, or an answer that was lost. */
const graceSeconds = 10

export interface Use {
  readonly jti: string
  readonly at: number
  readonly policy: RefreshPolicy
}

function outcomeOf(
  { current, previous, rotatedAt, refreshSeconds }: Grant,
  { jti, at, policy }: Use,
): 'same' | 'rotated' | 'reuse' {
  if (jti === previous && Math.abs(at - rotatedAt) < graceSeconds) return 'same'
  if (jti !== current) return 'reuse'
  if (policy === 'refreshBoth') return 'rotated'
  const left = rotatedAt + refreshSeconds - at
  return policy === 'refreshOnExpire' && left < nearItsEnd * refreshSeconds ? 'rotated' : 'same'
}

/** The grant after this use; `undefined` where the use changes nothing. Pure: a compare-and-set stands around it. */
export function afterUse(grant: Grant, use: Use): Grant | undefined {
  const outcome = outcomeOf(grant, use)
  if (outcome === 'same') return undefined
  if (outcome === 'reuse') return { ...grant, valid: false }
  return { ...grant, previous: grant.current, current: randomUUID(), rotatedAt: use.at }
}
