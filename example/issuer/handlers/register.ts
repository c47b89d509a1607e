import { challenge, readBearer } from '../../http/bearer.ts'
import { HttpError } from '../../http/errors.ts'
import type { Handler } from '../../http/types.ts'
import { absentIfDamaged } from '../../store/errors.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { hashOf, randomToken } from '../client-token.ts'
import { describeKeys } from '../describe-keys.ts'
import { namespaceNameOf } from '../fields.ts'
import type { FindPlace } from '../find-place.ts'
import type { MakeNamespace } from '../make-namespace.ts'
import type { Namespaces } from '../namespace.ts'
import { readJson } from '../read-json.ts'
import { type Rules, registrationFields, rulesOf } from '../registration.ts'
import type { Registrations } from '../registrations.ts'

/**
 * `POST /register/:kid`: an application gets a namespace, its keys, and the `client_token` with which it asks for tokens. That
 * is told once. Whoever registers shows a registration token, which an administrator made for one registration.
 */
export function registerHandler(deps: {
  registrations: Pick<Registrations, 'use'>
  namespaces: Pick<Namespaces, 'find'>
  makeNamespace: MakeNamespace
  findPlace: FindPlace
  defaults: Rules
  maxBodyBytes: number
  audit: Audit
  now: () => number
}): Handler {
  const { registrations, namespaces, makeNamespace, findPlace, defaults, audit, now } = deps
  return async (req, res, kid) => {
    const rules = rulesOf(await readJson(req, registrationFields, deps.maxBodyBytes), defaults)
    const name = namespaceNameOf(kid, 'kid')
    const token = readBearer(req.headers.authorization)
    if (token === undefined) throw unregistered()
    const before = await namespaces.find(name).catch((error) => absentIfDamaged(error) ?? 'damaged')
    if (before !== undefined) throw taken() // and the token stays good
    if (!(await registrations.use(token, now()))) throw unregistered('invalid_token')
    const clientToken = randomToken()
    const application = { isOpen: false, groups: [], organisations: [] }
    const clientHash = hashOf(clientToken)
    const made = await makeNamespace({ ...rules, ...application, name, clientHash })
    if (made === undefined) throw taken()
    audit('application registered', { namespace: name })
    const described = describeKeys(await findPlace(name), now())
    answer(res, { client_token: clientToken, ...described }, 201)
  }
}

const taken = () => new HttpError(409, 'kid: there is an application of this name')
const unregistered = (error?: 'invalid_token') =>
  new HttpError(401, 'Send a registration token as a bearer token', challenge(error))
