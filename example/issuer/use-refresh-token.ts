import type { Log } from '../http/types.ts'
import { reasonOf } from '../server/reason-of.ts'
import type { Audit } from './audit.ts'
import { type Grant, type Grants, type Holder, isLive } from './grant.ts'
import { afterUse, type RefreshPolicy } from './rotation.ts'
import type { Place, Tokens } from './tokens.ts'
import type { Users } from './user.ts'

/** Uses a refresh token: who holds it, and the grant as it stands after this use; `undefined` is no, for every reason. */
export type UseRefreshToken = (
  place: Place,
  token: string,
  policy: RefreshPolicy,
) => Promise<Holder | undefined>

export function createUseRefreshToken(deps: {
  tokens: Pick<Tokens, 'verifyRefresh'>
  users: Pick<Users, 'find'>
  grants: Pick<Grants, 'find' | 'change'>
  audit: Audit
  now: () => number
  log: Log
}): UseRefreshToken {
  const { tokens, users, grants, audit, now, log } = deps

  async function use(place: Place, token: string, policy: RefreshPolicy): Promise<Holder | string> {
    const { nsId, name } = place.namespace
    const at = now()
    const { sub, sid, jti } = await tokens.verifyRefresh(place, token, at)
    const id = String(sid) // every token of ours has one
    const [user, grant] = await Promise.all([users.find(nsId, sub), grants.find(nsId, sub, id)])
    if (user === undefined || grant === undefined || !isLive(grant, user, at))
      return 'no-live-session'
    if (afterUse(grant, { jti, at, policy }) === undefined) return { user, grant }
    // The new state is on disk before the answer is sent: a crash in between leaves one token that is good, not two.
    const change = (grant: Grant) =>
      isLive(grant, user, at) ? (afterUse(grant, { jti, at, policy }) ?? grant) : undefined
    const changed = await grants.change(nsId, sub, id, change)
    if (changed === undefined) return 'no-live-session'
    if (changed.valid) return { user, grant: changed }
    audit('refresh token reused', { user: sub, namespace: name, session: id })
    return 'reuse'
  }

  return async (place, token, policy) => {
    try {
      const used = await use(place, token, policy)
      if (typeof used !== 'string') return used
      log('warn', 'refresh token refused', { reason: used })
    } catch (error) {
      log('warn', 'refresh token refused', { reason: reasonOf(error) })
    }
    return undefined
  }
}
