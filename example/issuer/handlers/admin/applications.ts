import type { Audit } from '../../audit.ts'
import { hashOf, randomToken } from '../../client-token.ts'
import { noSuchNamespace } from '../../find-place.ts'
import type { Namespaces } from '../../namespace.ts'
import type { Registrations } from '../../registrations.ts'
import type { NamespaceWork, ServerWork } from '../../require-administrator.ts'

const registrationSeconds = 86_400

/** `POST /admin/applications/invite`: a token for one registration within a day, to hand to whoever runs an application. */
export function inviteApplication(deps: {
  registrations: Pick<Registrations, 'make'>
  audit: Audit
  now: () => number
}): ServerWork<never> {
  return async (_fields, by) => {
    const token = await deps.registrations.make(deps.now() + registrationSeconds)
    deps.audit('application invited', { by: by.id })
    return { registration_token: token, expires_in: registrationSeconds }
  }
}

/** `POST /admin/applications/client-token`: a new `client_token`, told once; the one before is good no more. */
export function newClientToken(deps: {
  namespaces: Pick<Namespaces, 'change'>
  audit: Audit
}): NamespaceWork<never> {
  return async ({ namespace }, _fields, by) => {
    const token = randomToken()
    const clientHash = hashOf(token)
    const changed = await deps.namespaces.change(namespace, (now) => ({ ...now, clientHash }))
    if (changed === undefined) throw noSuchNamespace()
    deps.audit('client token made', { namespace: namespace.name, by: by.id })
    return { client_token: token }
  }
}
