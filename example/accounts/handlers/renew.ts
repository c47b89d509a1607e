// The system of the older tutorial: no refresh token, and an access token in its last seconds brings a new one. It needs one
// kind of token less, and it is worse: whoever has stolen an access token renews it as its owner does, for as
// long as the session may last, and nobody can tell the two apart. So it is there only when it was asked for.
import { readBearer } from '../../http/bearer.ts'
import { HttpError } from '../../http/errors.ts'
import { sendJson } from '../answer.ts'
import type { Guarded } from '../require-token.ts'
import type { SendPair } from '../send-pair.ts'

/** `GET /refresh`, under `REFRESH_POLICY=window` alone: the same token back, or a new one when it is about to end. */
export function renewHandler(deps: {
  windowSeconds: number
  sendPair: SendPair
  now: () => number
}): Guarded {
  const { windowSeconds, sendPair, now } = deps
  return async (req, res, { user, family, by, expiresAt }) => {
    if (by === 'cookie') throw new HttpError(400, 'Cannot renew a cookie: send an access token')
    const left = expiresAt - now()
    if (left <= windowSeconds) return await sendPair(res, user, family)
    const access_token = readBearer(req.headers.authorization)
    sendJson(res, { access_token, token_type: 'Bearer', expires_in: left })
  }
}
