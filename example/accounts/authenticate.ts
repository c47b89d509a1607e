// Here a token becomes somebody: it holds, its family lives, and its user may still do things. The two records are asked for
// at once, at every request: that is what it costs that a sign-out, a lost role and a new password count at once.
import { readBearer } from '../http/bearer.ts'
import type { Cookie } from '../http/cookie.ts'
import { readToken } from '../http/read-token.ts'
import type { HttpRequest, Log } from '../http/types.ts'
import { reasonOf } from '../server/reason-of.ts'
import { type Families, type Family, isLive } from './family.ts'
import type { Tokens } from './tokens.ts'
import type { User, Users } from './user.ts'

/** Who sent a request, as far as can be proven. */
export type Visitor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly reason: string }
  | Known

export interface Known {
  readonly kind: 'known'
  readonly user: User
  readonly family: Family
  /** A browser sends a cookie by itself, also where another site made it ask. */
  readonly by: 'header' | 'cookie'
  /** When the token itself ends, in seconds since 1970. */
  readonly expiresAt: number
}

export type Authenticate = (req: HttpRequest) => Promise<Visitor>

export function createAuthenticate(deps: {
  tokens: Pick<Tokens, 'verify'>
  users: Pick<Users, 'find'>
  families: Pick<Families, 'find' | 'change'>
  cookie: Cookie
  /** A family that was not seen for so long is written down as seen. */
  seenSeconds: number
  now: () => number
  log: Log
}): Authenticate {
  const { tokens, users, families, cookie, seenSeconds, now, log } = deps

  function refused(reason: string): Visitor {
    log('warn', 'token refused', { reason })
    return { kind: 'refused', reason }
  }

  return async (req) => {
    const token = readToken(req, { cookie })
    if (token === undefined) return { kind: 'nobody' }
    const by = readBearer(req.headers.authorization) === undefined ? 'cookie' : 'header'
    const time = now()
    try {
      const claims = await tokens.verify[by === 'header' ? 'access' : 'page'](token, time)
      const { sub, exp: expiresAt } = claims
      const sid = String(claims.sid) // every token of ours has one
      const [user, family] = await Promise.all([users.find(sub), families.find(sub, sid)])
      if (user === undefined || family === undefined || !isLive(family, user, time))
        return refused('no-live-session')
      if (time - family.seenAt < seenSeconds) return { kind: 'known', user, family, by, expiresAt }
      const asSeen = (family: Family) => ({ ...family, seenAt: time })
      const seen = await families.change(sub, sid, asSeen)
      return { kind: 'known', user, family: { ...family, ...seen }, by, expiresAt }
    } catch (error) {
      return refused(reasonOf(error))
    }
  }
}
