import { HttpError } from '../../../http/errors.ts'
import { absentIfDamaged } from '../../../store/errors.ts'
import type { Audit } from '../../audit.ts'
import { describeNamespace } from '../../describe-namespace.ts'
import { afterOf, flagOf, namespaceNameOf, pageSize } from '../../fields.ts'
import { noSuchNamespace } from '../../find-place.ts'
import type { MakeNamespace } from '../../make-namespace.ts'
import type { Namespaces } from '../../namespace.ts'
import { textOf } from '../../read-json.ts'
import { type Rules, registrationFields, rulesOf } from '../../registration.ts'
import type { RemoveNamespace } from '../../remove-namespace.ts'
import type { NamespaceWork, ServerWork } from '../../require-administrator.ts'

/** What is said of a namespace when it is made. */
export const newNamespaceFields = ['name', 'public_endpoint', ...registrationFields] as const
/** What of it may be changed later: its algorithms stay, or its tokens would all be refused. */
export const namespaceFields = [
  'public_endpoint',
  'auth_ttl',
  'refresh_ttl',
  'refresh_strategy',
  'expiry',
] as const

/** `POST /admin/namespaces/add`: an application where users sign in. */
export function addNamespace(deps: {
  makeNamespace: MakeNamespace
  defaults: Rules
  audit: Audit
}): ServerWork<(typeof newNamespaceFields)[number]> {
  return async ({ name: wanted, public_endpoint, ...wishes }, by) => {
    const name = namespaceNameOf(wanted, 'name')
    const isOpen = flagOf(public_endpoint, 'public_endpoint') ?? false
    const nothing = { groups: [], organisations: [] }
    const given = { ...rulesOf(wishes, deps.defaults), ...nothing, name, isOpen }
    const made = await deps.makeNamespace(given)
    if (made === undefined) throw new HttpError(409, 'name: there is a namespace of this name')
    deps.audit('namespace made', { namespace: name, by: by.id })
    return describeNamespace(made)
  }
}

/** `POST /admin/namespaces/all`: fifty of them, behind the one that is named in `after`. */
export function allNamespaces(deps: { namespaces: Pick<Namespaces, 'page'> }): ServerWork<'after'> {
  return async ({ after }) => {
    const page = await deps.namespaces.page(afterOf(after), pageSize)
    return { namespaces: page.map(describeNamespace) }
  }
}

/** `POST /admin/namespaces/info` */
export const namespaceInfo: NamespaceWork<never> = async ({ namespace }) =>
  describeNamespace(namespace)

/** `POST /admin/namespaces/change`: its limits, its policy, and whether users sign in. */
export function changeNamespace(deps: {
  namespaces: Pick<Namespaces, 'change'>
  audit: Audit
}): NamespaceWork<(typeof namespaceFields)[number]> {
  return async ({ namespace }, { public_endpoint, ...wishes }, by) => {
    const isOpen = flagOf(public_endpoint, 'public_endpoint')
    const changed = await deps.namespaces.change(namespace, (now) => ({
      ...now,
      ...rulesOf({ ...wishes, sig_alg: now.alg }, now),
      isOpen: isOpen ?? now.isOpen,
    }))
    if (changed === undefined) throw noSuchNamespace()
    deps.audit('namespace changed', { namespace: namespace.name, by: by.id })
    return describeNamespace(changed)
  }
}

/** `POST /admin/namespaces/delete`: with its keys and its users, damaged or not. All of its tokens are refused from then on. */
export function deleteNamespace(deps: {
  namespaces: Pick<Namespaces, 'find' | 'remove'>
  removeNamespace: RemoveNamespace
  audit: Audit
}): ServerWork<'namespace'> {
  return async (fields, by) => {
    const name = textOf(fields, 'namespace')
    const namespace = await deps.namespaces.find(name).catch(absentIfDamaged)
    if (namespace !== undefined) await deps.removeNamespace(namespace)
    // One that is damaged does not say what belongs to it, and would keep its name forever.
    else if (!(await deps.namespaces.remove(name))) throw noSuchNamespace()
    deps.audit('namespace removed', { namespace: name, by: by.id })
    return { removed: name }
  }
}
