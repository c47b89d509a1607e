// Here a token becomes somebody. That it was signed is not enough: it would work until it expires, even after its
// owner has signed out. So its record is asked at every request, and that look-up is what it costs to be able to
// end a session (bench/RESULTS.md says how much). For a token that does not hold nothing is looked up.
import type { Cookie } from '../http/cookie.ts'
import { readToken } from '../http/read-token.ts'
import type { HttpRequest, Log } from '../http/types.ts'
import { RecordDamaged } from '../store/errors.ts'
import { TokenError } from '../token/errors.ts'
import type { Verify } from '../token/verifier.ts'
import type { Session, Sessions } from './session.ts'

/** Who sent a request, as far as can be proven. */
export type Visitor =
  /** No token came. */
  | { readonly kind: 'nobody' }
  /** A token came and is not good: forged, expired, for something else, or its session has ended or is damaged. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'known'; readonly session: Session }

/** `find` asks whether the session is live; `end`, for a sign-out, ends it in the same step. */
export type Authenticate = (req: HttpRequest, findOrEnd?: 'find' | 'end') => Promise<Visitor>

/**
 * The three questions of every request: is there a token, does it hold, is its session live?
 * A store that cannot say rejects with StoreUnavailable: "don't know" is neither yes nor no.
 */
export function createAuthenticate(deps: {
  verify: Verify
  sessions: Pick<Sessions, 'find' | 'end'>
  cookie: Cookie
  now: () => number
  log: Log
}): Authenticate {
  const { verify, sessions, cookie, now, log } = deps

  // The client is told no more than "no": the reason is for the log.
  function refused(reason: string): Visitor {
    log('warn', 'token refused', { reason })
    return { kind: 'refused', reason }
  }

  return async (req, findOrEnd = 'find') => {
    const token = readToken(req, { cookie, acceptBare: true })
    if (token === undefined) return { kind: 'nobody' }
    const time = now()
    try {
      const claims = await verify(token, time)
      const session = await sessions[findOrEnd](claims.sub, claims.jti, time)
      return session === undefined ? refused('no-live-session') : { kind: 'known', session }
    } catch (error) {
      if (error instanceof TokenError) return refused(error.code)
      if (error instanceof RecordDamaged) return refused('damaged-record')
      throw error
    }
  }
}
