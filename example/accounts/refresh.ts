// The file this server is built around: what happens when a refresh token is used. A token that is good for a week and can be
// copied is worth stealing. So each is good for one use, and brings a successor. When a thief and the owner hold the same
// one, whoever comes second shows an old one: the family ends, and the thief has nothing (RFC 9700 §4.14.2).
import { randomUUID } from 'node:crypto'
import type { Family, Use } from './family.ts'

export const refreshPolicies = ['refreshBoth', 'refreshOnExpire', 'noRefresh', 'window'] as const

/**
 * When a refresh token is exchanged for a new one: at every use, near its end, or never. Under `window` there are none: an
 * access token in its last seconds brings a new one (`handlers/renew.ts`).
 */
export type RefreshPolicy = (typeof refreshPolicies)[number]

export interface RefreshRules {
  readonly policy: RefreshPolicy
  /** How long the immediate predecessor still brings the same successor: two tabs at once, or an answer that was lost. */
  readonly graceSeconds: number
  readonly lifetimeSeconds: number
}

/** `refreshOnExpire` exchanges a token when less of its life than this is left. */
const nearItsEnd = 0.3

/** How many uses are remembered. */
export const longestTrail = 20

/**
 * The family after the use of one of its tokens, with what came of it as the last entry of its trail. Pure: the
 * compare-and-set around it puts any number of uses at once one after the other.
 */
export function afterUse(
  family: Family,
  use: Pick<Use, 'jti' | 'at' | 'agent'>,
  rules: RefreshRules,
): Family {
  const outcome = outcomeOf(family, use, rules)
  const trail = [...family.trail, { ...use, outcome }].slice(-longestTrail)
  const used = { ...family, seenAt: use.at, trail }
  if (outcome === 'reuse') return { ...used, valid: false }
  if (outcome !== 'rotated') return used
  return { ...used, previous: family.current, current: randomUUID(), rotatedAt: use.at }
}

/** What comes of the use of a token at a time. */
export function outcomeOf(
  { current, previous, rotatedAt }: Family,
  { jti, at }: Pick<Use, 'jti' | 'at'>,
  { policy, graceSeconds, lifetimeSeconds }: RefreshRules,
): Use['outcome'] {
  // The predecessor, soon after: the same successor again, never another one, or the grace would fork a second chain.
  if (jti === previous && Math.abs(at - rotatedAt) < graceSeconds) return 'again'
  if (jti !== current) return 'reuse'
  if (policy === 'refreshBoth') return 'rotated'
  const left = rotatedAt + lifetimeSeconds - at
  return policy === 'refreshOnExpire' && left < nearItsEnd * lifetimeSeconds ? 'rotated' : 'same'
}
