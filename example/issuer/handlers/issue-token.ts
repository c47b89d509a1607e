import { readBody, whole } from '../../http/body.ts'
import { HttpError } from '../../http/errors.ts'
import type { Handler } from '../../http/types.ts'
import type { Audit } from '../audit.ts'
import { requireClient } from '../client-token.ts'
import { customClaims } from '../custom-claims.ts'
import type { FindPlace } from '../find-place.ts'
import type { Grants } from '../grant.ts'
import { lifetimeOf } from '../lifetime.ts'
import { readJson, textOf } from '../read-json.ts'
import type { SendPair } from '../send-pair.ts'

// `resresh_token_valid_time` is how JWTIS spells it in its own text.
const names = [
  'kid',
  'auth_token_valid_time',
  'refresh_token_valid_time',
  'resresh_token_valid_time',
  'claims',
] as const

/** `POST /issue_token`: an application gets a pair of tokens that say what it wants, about whom it wants. */
export function issueTokenHandler(deps: {
  findPlace: FindPlace
  grants: Pick<Grants, 'start'>
  sendPair: SendPair
  maxBodyBytes: number
  audit: Audit
  now: () => number
}): Handler {
  const { findPlace, grants, sendPair, maxBodyBytes, audit, now } = deps
  return async (req, res) => {
    const sent = await whole(req, maxBodyBytes)
    const fields = await readJson(sent, names, maxBodyBytes)
    const place = await findPlace(textOf(fields, 'kid'))
    const { name, nsId, policy, maxAccessSeconds, maxRefreshSeconds } = place.namespace
    requireClient(req, place.namespace)
    const { auth_token_valid_time: access } = fields
    const { refresh_token_valid_time: refresh, resresh_token_valid_time: misspelled } = fields
    if (refresh !== undefined && misspelled !== undefined)
      throw new HttpError(400, 'refresh_token_valid_time: came in both of its spellings')
    const accessSeconds = lifetimeOf(access, maxAccessSeconds, 'auth_token_valid_time')
    const asked = refresh ?? misspelled
    const refreshSeconds = lifetimeOf(asked, maxRefreshSeconds, 'refresh_token_valid_time')
    const goesOn = policy !== 'noRefresh'
    const about = customClaims(fields.claims, name, String(await readBody(sent, maxBodyBytes)))
    const grant = await grants.start(
      { nsId, ...about, accessSeconds, refreshSeconds, goesOn },
      now(),
    )
    audit('token issued', { namespace: name, session: grant.id })
    await sendPair(res, place, { grant, user: undefined })
  }
}
