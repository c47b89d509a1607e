import type { Handler, Log } from '../../http/types.ts'
import { reasonOf } from '../../server/reason-of.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { requireClient } from '../client-token.ts'
import type { FindPlace } from '../find-place.ts'
import type { Grants } from '../grant.ts'
import { readJson, textOf } from '../read-json.ts'
import { grantKeyOf, type Tokens } from '../tokens.ts'

/**
 * `POST /token/revoke`, and `POST /revoke_token` for applications: ends the sign-in of a refresh token, with all that came
 * of it (RFC 7009 §2). One answer for every token, good or not: whoever asks learns nothing, and may ask again.
 */
export function revokeHandler(deps: {
  findPlace: FindPlace
  grants: Pick<Grants, 'end'>
  tokens: Pick<Tokens, 'verifyRefresh'>
  maxBodyBytes: number
  audit: Audit
  now: () => number
  log: Log
  /** The field that names the namespace, and whether its application alone may ask. */
  by: { field: 'namespace' | 'kid'; clientOnly: boolean }
}): Handler {
  const { findPlace, grants, tokens, maxBodyBytes, audit, now, log, by } = deps
  return async (req, res) => {
    const fields = await readJson(req, [by.field, 'refresh_token'], maxBodyBytes)
    const token = textOf(fields, 'refresh_token')
    const place = await findPlace(fields[by.field])
    const { namespace } = place
    if (by.clientOnly) requireClient(req, namespace)
    const proven = await tokens
      .verifyRefresh(place, token, now())
      .catch((error) => log('warn', 'refresh token refused', { reason: reasonOf(error) }))
    if (proven) {
      const key = grantKeyOf(namespace, proven)
      await grants.end(key)
      audit('signed out', { namespace: namespace.name, user: key.user, session: key.id })
    }
    answer(res, { revoked: true })
  }
}
