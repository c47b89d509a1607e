import { HttpError } from '../../../http/errors.ts'
import type { Audit } from '../../audit.ts'
import { describeNamespace } from '../../describe-namespace.ts'
import { groupOf } from '../../fields.ts'
import { noSuchNamespace } from '../../find-place.ts'
import type { Namespace, Namespaces } from '../../namespace.ts'
import type { NamespaceWork } from '../../require-administrator.ts'

interface Deps {
  namespaces: Pick<Namespaces, 'change'>
  audit: Audit
}

const most = 200

type Kind = 'groups' | 'organisations'

/** `POST /admin/groups/add` and `/admin/organisations/add`: from now on a token may name it. */
export function addGroup(kind: Kind, deps: Deps): NamespaceWork<'name'> {
  return change(kind, deps, (names, name) => [...new Set([...names, name])].sort())
}

/** `POST /admin/groups/delete`: with this one write it is in no new token, whoever its members are. */
export function deleteGroup(kind: Kind, deps: Deps): NamespaceWork<'name'> {
  return change(kind, deps, (names, name) => names.filter((each) => each !== name))
}

function change(
  kind: Kind,
  { namespaces, audit }: Deps,
  next: (names: readonly string[], name: string) => string[],
): NamespaceWork<'name'> {
  return async ({ namespace }, fields, by) => {
    const name = groupOf(fields.name, 'name')
    const changed = (now: Namespace) => {
      const names = next(now[kind], name)
      if (names.length > most) throw new HttpError(422, `name: there are ${most} already`)
      return { ...now, [kind]: names }
    }
    const after = await namespaces.change(namespace, changed)
    if (after === undefined) throw noSuchNamespace()
    audit('namespace changed', { namespace: namespace.name, by: by.id })
    return describeNamespace(after)
  }
}
