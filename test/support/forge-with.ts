import { sign } from 'node:crypto'
import type { Key } from '../../example/token/key.ts'
import { goodClaims, policy, segment } from './fixtures.ts'

/** Signs any header and any claims with the private half of a key, by hand: RS256, ES256 and their like, EdDSA. */
export function forgeWith(
  key: Pick<Key, 'kid' | 'alg' | 'signingKey'>,
  claims: Record<string, unknown> | string = goodClaims(),
  header: Record<string, unknown> = {},
): string {
  if (key.signingKey === undefined) throw new TypeError('Cannot forge: the key only verifies')
  const named = { alg: key.alg, typ: policy.type, kid: key.kid, ...header }
  const signingInput = `${segment(named)}.${segment(claims)}`
  const digest = key.alg === 'EdDSA' ? null : `sha${key.alg.slice(2)}`
  const options = { key: key.signingKey, dsaEncoding: 'ieee-p1363' } as const
  return `${signingInput}.${sign(digest, Buffer.from(signingInput), options).toString('base64url')}`
}
