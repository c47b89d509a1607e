import type { HttpResponse } from '../http/types.ts'
import { sendJson } from './answer.ts'
import type { Family } from './family.ts'
import type { RefreshPolicy } from './refresh.ts'
import type { Tokens } from './tokens.ts'
import type { User } from './user.ts'

export type SendPair = (res: HttpResponse, user: User, family: Family) => Promise<void>

/** The tokens of a family, as RFC 6749 §5.1 has them. Under `window` there is no refresh token to give. */
export function createSendPair(deps: {
  tokens: Pick<Tokens, 'access' | 'refresh' | 'accessSeconds'>
  policy: RefreshPolicy
  now: () => number
}): SendPair {
  const { tokens, policy, now } = deps
  return async (res, user, family) => {
    const time = now()
    const access_token = await tokens.access(user, family, time)
    const expires_in = tokens.accessSeconds(family, time)
    const refresh = policy === 'window' ? {} : { refresh_token: await tokens.refresh(family) }
    sendJson(res, { access_token, token_type: 'Bearer', expires_in, ...refresh })
  }
}
