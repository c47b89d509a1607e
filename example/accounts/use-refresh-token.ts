import type { Log } from '../http/types.ts'
import { reasonOf } from '../server/reason-of.ts'
import type { Audit } from './audit.ts'
import { type Families, type Family, isLive } from './family.ts'
import { afterUse, type RefreshRules } from './refresh.ts'
import type { Tokens } from './tokens.ts'
import type { User, Users } from './user.ts'

interface Refreshed {
  readonly user: User
  readonly family: Family
}

/** Uses a refresh token: the user, and the family with the token that is good from now on; `undefined` is no, for every reason. */
export type UseRefreshToken = (token: string, agent: string) => Promise<Refreshed | undefined>

export function createUseRefreshToken(deps: {
  tokens: Pick<Tokens, 'verify'>
  users: Pick<Users, 'find'>
  families: Pick<Families, 'change'>
  rules: RefreshRules
  audit: Audit
  now: () => number
  log: Log
}): UseRefreshToken {
  const { tokens, users, families, rules, audit, now, log } = deps

  async function use(token: string, agent: string): Promise<Refreshed | string> {
    const at = now()
    const { sub, sid, jti } = await tokens.verify.refresh(token, at)
    const user = await users.find(sub)
    if (user === undefined) return 'no-live-session'
    // The new state is on disk before the answer is sent: a crash in between leaves one token that is good, not two.
    const family = await families.change(
      sub,
      String(sid),
      (family) =>
        isLive(family, user, at) ? afterUse(family, { jti, at, agent }, rules) : undefined,
      { durable: true },
    )
    if (family === undefined) return 'no-live-session'
    if (family.valid) return { user, family }
    audit('refresh token reused', { user: sub, session: family.id })
    return 'reuse'
  }

  return async (token, agent) => {
    try {
      const used = await use(token, agent)
      if (typeof used !== 'string') return used
      log('warn', 'refresh token refused', { reason: used })
    } catch (error) {
      log('warn', 'refresh token refused', { reason: reasonOf(error) })
    }
    return undefined
  }
}
