import { readBearer } from '../../http/bearer.ts'
import { countedBy } from '../../http/client-address.ts'
import { HttpError } from '../../http/errors.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import type { Handler, HttpRequest } from '../../http/types.ts'
import { deviceName } from '../device.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import type { SendPair } from '../send-pair.ts'
import type { SendUnauthorized } from '../unauthorized.ts'
import type { UseRefreshToken } from '../use-refresh-token.ts'

/**
 * `POST /refresh`: a refresh token for a new access token and, as the policy has it, its own successor. In the
 * `Authorization` header or in the body, never in a cookie: nobody makes a browser refresh.
 */
export function refreshHandler(deps: {
  useRefreshToken: UseRefreshToken
  refreshes: RateLimit
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  sendPair: SendPair
  sendUnauthorized: SendUnauthorized
}): Handler {
  const { useRefreshToken, refreshes, addressOf, openTo, sendPair, sendUnauthorized } = deps
  return async (req, res) => {
    await refreshes.take(countedBy(addressOf(req)))
    const token = await readRefreshToken(req, openTo)
    if (token === undefined) return sendUnauthorized(req, res, 'nobody')
    const refreshed = await useRefreshToken(token, deviceName('', req.headers['user-agent']))
    if (refreshed === undefined) return sendUnauthorized(req, res, 'refused')
    await sendPair(res, refreshed.user, refreshed.family)
  }
}

/** The one token that came, in the header or in the body; `undefined` when none did. */
async function readRefreshToken(req: HttpRequest, openTo: OpenTo): Promise<string | undefined> {
  const { refresh_token: inBody } = await readForm(req, ['refresh_token'], openTo)
  const inHeader = readBearer(req.headers.authorization)
  if (inBody === '') return inHeader
  if (inHeader === undefined) return inBody
  throw new HttpError(
    400,
    'Cannot choose between two tokens: one came in a header, one in the body',
  )
}
