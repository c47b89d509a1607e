import type { Handler } from '../../http/types.ts'
import { answer } from '../answer.ts'
import { type FindPlace, requireOpen } from '../find-place.ts'
import type { Holder } from '../grant.ts'
import { lifetimeOf } from '../lifetime.ts'
import { readJson, textOf } from '../read-json.ts'
import type { RefreshPolicy } from '../rotation.ts'
import type { Place, Tokens } from '../tokens.ts'
import { unusable } from '../unauthorized.ts'
import type { UseRefreshToken } from '../use-refresh-token.ts'

interface Deps {
  findPlace: FindPlace
  useRefreshToken: UseRefreshToken
  tokens: Pick<Tokens, 'access' | 'refresh'>
  maxBodyBytes: number
  now: () => number
}

/**
 * `POST /token/access/:ttl`: a refresh token for an access token. The refresh token stays as it is, under any policy: a page
 * that makes twenty calls at once asks twenty times with the same one.
 */
export function accessTokenHandler(deps: Deps): Handler {
  return handler(deps, 'noRefresh', async (token) => ({ token }))
}

/**
 * `POST /token/refresh-access/:ttl`: a refresh token for an access token and its own successor. The one that was used is
 * good no more, and ends the grant if it comes again.
 */
export function refreshAccessHandler(deps: Deps): Handler {
  return handler(deps, 'refreshBoth', async (access_token, place, { grant }) => ({
    access_token,
    refresh_token: await deps.tokens.refresh(place, grant),
  }))
}

function handler(
  { findPlace, useRefreshToken, tokens, maxBodyBytes, now }: Deps,
  policy: RefreshPolicy,
  answerWith: (access: string, place: Place, holder: Holder) => Promise<object>,
): Handler {
  return async (req, res, ttl) => {
    const fields = await readJson(req, ['namespace', 'refresh_token'], maxBodyBytes)
    const refresh = textOf(fields, 'refresh_token')
    const place = await findPlace(fields.namespace)
    requireOpen(place.namespace)
    const seconds = lifetimeOf(ttl, place.namespace.maxAccessSeconds)
    const holder = await useRefreshToken(place, refresh, { policy, by: 'user' })
    if (holder === undefined) throw unusable()
    const { token } = await tokens.access(place, holder, { seconds, now: now() })
    answer(res, await answerWith(token, place, holder))
  }
}
