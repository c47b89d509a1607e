// The family page plays an API client, so that a theft can be watched. The server keeps no token of it, and needs none: the
// record says which refresh token was current since when, and the same claims with the same key are the same bytes.
import type { Family } from './family.ts'
import { longestTrail } from './refresh.ts'

/** By these names the trail tells who used a token. */
export const agents = { client: 'Practice client', thief: 'A thief' } as const

/** One refresh token of a family. */
export interface Generation {
  /** `R1` is the one that the sign-in brought. */
  readonly name: string
  /** The one that it brings. */
  readonly next: string
  readonly id: string
  readonly since: number
}

/** Every refresh token that a family ever had, the oldest first; none when its trail is full: then the first ones may be forgotten. */
export function generationsOf({ createdAt, current, trail }: Family): Generation[] {
  if (trail.length === longestTrail) return []
  const rotations = trail.filter(({ outcome }) => outcome === 'rotated')
  return [createdAt, ...rotations.map(({ at }) => at)].map((since, index) => {
    const id = rotations[index]?.jti ?? current
    return { name: `R${index + 1}`, next: `R${index + 2}`, id, since }
  })
}

/** The family as it stood when this token was its current one: from this, the token can be signed again. */
export function asItStood(family: Family, { id, since }: Generation): Family {
  return { ...family, current: id, rotatedAt: since }
}

/** When the client got its last access token: with every refresh token that it got. */
export function lastAnswerAt({ createdAt, trail }: Family): number {
  return trail.findLast(({ outcome }) => outcome !== 'reuse')?.at ?? createdAt
}
