import { HttpError } from '../../http/errors.ts'
import type { Handler } from '../../http/types.ts'
import { requireClient } from '../client-token.ts'
import type { FindPlace } from '../find-place.ts'
import { readJson, textOf } from '../read-json.ts'
import { refreshPolicies } from '../rotation.ts'
import type { SendPair } from '../send-pair.ts'
import { unusable } from '../unauthorized.ts'
import type { UseRefreshToken } from '../use-refresh-token.ts'

/** `POST /renew_token`: a refresh token for a new pair. Whether it is exchanged, too, says the application, or this request. */
export function renewTokenHandler(deps: {
  findPlace: FindPlace
  useRefreshToken: UseRefreshToken
  sendPair: SendPair
  maxBodyBytes: number
}): Handler {
  const { findPlace, useRefreshToken, sendPair, maxBodyBytes } = deps
  return async (req, res) => {
    const fields = await readJson(req, ['kid', 'refresh_token', 'refresh_strategy'], maxBodyBytes)
    const token = textOf(fields, 'refresh_token')
    const place = await findPlace(textOf(fields, 'kid'))
    requireClient(req, place.namespace)
    const { refresh_strategy: asked = place.namespace.policy } = fields
    const policy = refreshPolicies.find((each) => each === asked)
    if (policy === undefined)
      throw new HttpError(422, `refresh_strategy: must be one of ${refreshPolicies.join(', ')}`)
    const holder = await useRefreshToken(place, token, { policy, by: 'application' })
    if (holder === undefined) throw unusable()
    await sendPair(res, place, holder)
  }
}
