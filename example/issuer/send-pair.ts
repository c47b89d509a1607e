import type { HttpResponse } from '../http/types.ts'
import { answer } from './answer.ts'
import type { Holder } from './grant.ts'
import type { Place, Tokens } from './tokens.ts'

/** A pair of tokens for an application, under the names that JWTIS has for them in its text and in its code. */
export type SendPair = (res: HttpResponse, place: Place, holder: Holder) => Promise<void>

export function createSendPair(deps: {
  tokens: Pick<Tokens, 'access' | 'refresh'>
  now: () => number
}): SendPair {
  const { tokens, now } = deps
  return async (res, place, holder) => {
    const times = { seconds: holder.grant.accessSeconds, now: now() }
    const { token, id, expiresAt: expiry } = await tokens.access(place, holder, times)
    const refresh_token = await tokens.refresh(place, holder.grant)
    answer(res, { id, access_token: token, auth_token: token, refresh_token, expiry }, 201)
  }
}
