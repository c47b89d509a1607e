import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import type { Handler, HttpRequest } from '../../http/types.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { type FindPlace, requireOpen } from '../find-place.ts'
import type { Grants } from '../grant.ts'
import { lifetimeOf } from '../lifetime.ts'
import { readJson, textOf } from '../read-json.ts'
import type { CheckCredentials } from '../sign-in.ts'
import type { Tokens } from '../tokens.ts'
import { wrongCredentials } from '../unauthorized.ts'

/** `POST /token/refresh/:ttl`: a name and a password of a namespace for a refresh token. */
export function refreshTokenHandler(deps: {
  findPlace: FindPlace
  checkCredentials: CheckCredentials
  grants: Pick<Grants, 'start'>
  tokens: Pick<Tokens, 'refresh'>
  signIns: RateLimit
  addressOf: (req: HttpRequest) => string
  maxBodyBytes: number
  audit: Audit
  now: () => number
}): Handler {
  const { findPlace, checkCredentials, grants, tokens, signIns, addressOf, audit, now } = deps
  return async (req, res, ttl) => {
    const address = countedBy(addressOf(req))
    await signIns.take(address)
    const fields = await readJson(req, ['namespace', 'username', 'password'], deps.maxBodyBytes)
    const credentials = {
      username: textOf(fields, 'username'),
      password: textOf(fields, 'password'),
    }
    const place = await findPlace(fields.namespace)
    const { namespace } = place
    requireOpen(namespace)
    const refreshSeconds = lifetimeOf(ttl, namespace.maxRefreshSeconds)
    const user = await checkCredentials(namespace, credentials, address)
    if (user === undefined) throw wrongCredentials()
    const { nsId, maxAccessSeconds: accessSeconds } = namespace
    const goesOn = namespace.policy !== 'noRefresh'
    const given = { nsId, user, subject: user.id, accessSeconds, refreshSeconds, goesOn }
    const grant = await grants.start(given, now())
    audit('signed in', { user: user.id, namespace: namespace.name, session: grant.id, address })
    answer(res, { token: await tokens.refresh(place, grant) })
  }
}
