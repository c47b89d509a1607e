import type { TokenClaims } from '../token/types.ts'
import { type Grants, type Holder, isLive } from './grant.ts'
import { grantKeyOf, type Place } from './tokens.ts'
import type { Users } from './user.ts'

/** Who stands behind a token that was proven, as long as the sign-in holds from which it came. */
export type FindHolder = (
  { namespace }: Pick<Place, 'namespace'>,
  claims: TokenClaims,
) => Promise<Holder | undefined>

export function createFindHolder(deps: {
  users: Pick<Users, 'find'>
  grants: Pick<Grants, 'find'>
  now: () => number
}): FindHolder {
  const { users, grants, now } = deps
  return async ({ namespace }, claims) => {
    const key = grantKeyOf(namespace, claims)
    const [user, grant] = await Promise.all([
      key.user === undefined ? undefined : users.find(namespace.nsId, key.user),
      grants.find(key),
    ])
    return grant !== undefined && isLive({ user, grant }, now()) ? { user, grant } : undefined
  }
}
