import type { Log } from '../http/types.ts'
import { reasonOf } from '../server/reason-of.ts'
import type { Audit } from './audit.ts'
import type { FindHolder } from './find-holder.ts'
import { type Grant, type Grants, type Holder, isLive } from './grant.ts'
import { afterUse, type RefreshPolicy } from './rotation.ts'
import { grantKeyOf, type Place, type Tokens } from './tokens.ts'

/**
 * Uses a refresh token: who holds it, and the grant as it stands after this use; `undefined` is no, for every reason. What
 * an application was given goes on only where it shows its `client_token`, too: never where a user would ask.
 */
export type UseRefreshToken = (
  place: Place,
  token: string,
  use: { policy: RefreshPolicy; by: 'user' | 'application' },
) => Promise<Holder | undefined>

export function createUseRefreshToken(deps: {
  tokens: Pick<Tokens, 'verifyRefresh'>
  findHolder: FindHolder
  grants: Pick<Grants, 'change'>
  audit: Audit
  now: () => number
  log: Log
}): UseRefreshToken {
  const { tokens, findHolder, grants, audit, now, log } = deps

  async function use(...[place, token, { policy, by }]: Parameters<UseRefreshToken>) {
    const { namespace } = place
    const at = now()
    const claims = await tokens.verifyRefresh(place, token, at)
    const holder = await findHolder(place, claims)
    if (holder === undefined) return 'no-live-session'
    const { user } = holder
    if (by === 'user' && user === undefined) return 'not-a-users'
    const after = (grant: Grant) => afterUse(grant, { jti: claims.jti, at, policy })
    if (after(holder.grant) === undefined) return holder
    // The new state is on disk before the answer is sent: a crash in between leaves one token that is good, not two.
    const changed = await grants.change(grantKeyOf(namespace, claims), (grant) =>
      isLive({ user, grant }, at) ? (after(grant) ?? grant) : undefined,
    )
    if (changed === undefined) return 'no-live-session'
    if (changed.valid) return { user, grant: changed }
    const { name } = namespace
    audit('refresh token reused', { namespace: name, user: user?.id, session: changed.id })
    return 'reuse'
  }

  return async (...given) => {
    try {
      const used = await use(...given)
      if (typeof used !== 'string') return used
      log('warn', 'refresh token refused', { reason: used })
    } catch (error) {
      log('warn', 'refresh token refused', { reason: reasonOf(error) })
    }
    return undefined
  }
}
