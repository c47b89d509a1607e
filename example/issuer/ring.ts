// The keys of a namespace for one use, in one record, so that a rotation is one compare-and-set: whoever dies in between
// leaves the old ring or the new one. `next` is published long before it signs, so that no verifier meets a key that it
// has not seen; a retired key is published until the last token that it signed has expired.
import * as v from 'valibot'

const Jwk = v.record(v.string(), v.unknown())

export const Ring = v.object({
  /** Whose it is: the key of its record, too. */
  nsId: v.string(),
  use: v.picklist(['sig', 'enc']),
  /** Private keys, each a JWK with its `kid` and `alg` (RFC 7517). */
  next: Jwk,
  current: Jwk,
  /** Since when `current` signs, in seconds since 1970. */
  since: v.number(),
  retired: v.array(v.object({ jwk: Jwk, until: v.number() })),
})

export type Ring = v.InferOutput<typeof Ring>
type Jwk = v.InferOutput<typeof Jwk>

/** By hand, so many at most are retired at once: each is published, and kept, until what it signed has expired. */
export const mostRetired = 20

/** The ring after a rotation: `next` signs, `fresh` is published, and the old key is kept as long as what it signed may live. */
export function rotated(ring: Ring, fresh: Jwk, now: number, longestSeconds: number): Ring {
  const { next, current, retired } = ring
  const alive = retired.filter(({ until }) => until > now)
  const old = { jwk: current, until: now + longestSeconds }
  return { ...ring, current: next, next: fresh, since: now, retired: [...alive, old] }
}

/**
 * The ring without this key, at once: for one that may be in other hands. All that it signed is refused from now on.
 * `undefined` when there is no such key. Where it was `current` or `next`, those behind it move up.
 */
export function without(ring: Ring, kid: string, fresh: Jwk, now: number): Ring | undefined {
  const { next, current, retired } = ring
  if (next.kid === kid) return { ...ring, next: fresh }
  if (current.kid === kid) return { ...ring, current: next, next: fresh, since: now }
  const others = retired.filter(({ jwk }) => jwk.kid !== kid)
  return others.length === retired.length ? undefined : { ...ring, retired: others }
}
