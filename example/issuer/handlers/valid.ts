import type { Handler, Log } from '../../http/types.ts'
import { reasonOf } from '../../server/reason-of.ts'
import { answer } from '../answer.ts'
import type { FindHolder } from '../find-holder.ts'
import type { FindPlace } from '../find-place.ts'
import { readJson, textOf } from '../read-json.ts'
import type { Place, Tokens } from '../tokens.ts'

/**
 * `POST /token/valid`: does this access token still count, and with a refresh token beside it: did both come of one sign-in?
 * Whoever verifies with the public key alone learns of a sign-out when the token expires; here it is known at once.
 */
export function validHandler(deps: {
  findPlace: FindPlace
  findHolder: FindHolder
  tokens: Pick<Tokens, 'verifyAccess' | 'verifyRefresh'>
  maxBodyBytes: number
  now: () => number
  log: Log
}): Handler {
  const { findPlace, findHolder, tokens, maxBodyBytes, now, log } = deps

  async function isValid(place: Place, access: string, refresh: string | undefined) {
    try {
      const claims = await tokens.verifyAccess(place, access, now())
      const holder = await findHolder(place, claims)
      if (holder === undefined || refresh === undefined) return holder !== undefined
      const { sid, jti } = await tokens.verifyRefresh(place, refresh, now())
      return sid === claims.sid && jti === holder.grant.current
    } catch (error) {
      log('warn', 'token refused', { reason: reasonOf(error) })
      return false
    }
  }

  return async (req, res) => {
    const names = ['namespace', 'access_token', 'refresh_token'] as const
    const fields = await readJson(req, names, maxBodyBytes)
    const access = textOf(fields, 'access_token')
    const refresh = 'refresh_token' in fields ? textOf(fields, 'refresh_token') : undefined
    const place = await findPlace(fields.namespace)
    answer(res, { valid: await isValid(place, access, refresh) })
  }
}
