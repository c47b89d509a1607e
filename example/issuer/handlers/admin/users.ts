import { HttpError } from '../../../http/errors.ts'
import type { Passwords } from '../../../password/hash.ts'
import type { Audit } from '../../audit.ts'
import { afterOf, flagOf, groupsOf, nameOf, pageSize, passwordOf } from '../../fields.ts'
import type { NamespaceWork } from '../../require-administrator.ts'
import { idOf, inNewEpoch, type User, type Users } from '../../user.ts'

/** What administrators see of a user. */
function describe({ name, enabled, groups, organisations, createdAt: created_at }: User) {
  return { username: name, enabled, groups, organisations, created_at }
}

export const noSuchUser = () => new HttpError(404, 'username: there is nobody of this name')

export const newUserFields = ['username', 'password', 'groups', 'organisations'] as const
export const userFields = [...newUserFields, 'enabled'] as const

/** `POST /admin/users/add` */
export function addUser(deps: {
  users: Pick<Users, 'create'>
  passwords: Passwords
  audit: Audit
  now: () => number
}): NamespaceWork<(typeof newUserFields)[number]> {
  const { users, passwords, audit, now } = deps
  return async ({ namespace }, { username, password, ...more }, by) => {
    const name = nameOf(username, 'username')
    const groups = groupsOf(more.groups, 'groups') ?? []
    const organisations = groupsOf(more.organisations, 'organisations') ?? []
    const hash = await passwords.hash(await passwordOf(password, name))
    const { nsId } = namespace
    const user = await users.create({ nsId, name, hash, groups, organisations }, now())
    if (user === undefined) throw new HttpError(409, 'username: it is taken')
    audit('user added', { namespace: namespace.name, user: user.id, by: by.id })
    return describe(user)
  }
}

/** `POST /admin/users/all`: fifty of them, behind the one that is named in `after`. */
export function allUsers({ users }: { users: Pick<Users, 'all'> }): NamespaceWork<'after'> {
  return async ({ namespace: { nsId } }, { after }) => {
    const page: object[] = []
    for await (const { record } of users.all(nsId, afterOf(after))) {
      if (record !== undefined) page.push(describe(record))
      if (page.length === pageSize) break
    }
    return { users: page }
  }
}

/** `POST /admin/users/change`: groups and organisations count with the next token; the rest ends all sessions at once. */
export function changeUser(deps: {
  users: Pick<Users, 'change'>
  passwords: Passwords
  audit: Audit
}): NamespaceWork<(typeof userFields)[number]> {
  const { users, passwords, audit } = deps
  return async ({ namespace }, fields, by) => {
    const name = nameOf(fields.username, 'username')
    const { password } = fields
    const hash =
      password === undefined ? undefined : await passwords.hash(await passwordOf(password, name))
    const enabled = flagOf(fields.enabled, 'enabled')
    const groups = groupsOf(fields.groups, 'groups')
    const organisations = groupsOf(fields.organisations, 'organisations')
    const user = await users.change(namespace.nsId, idOf(name), (now) => ({
      ...(hash !== undefined || enabled === false ? inNewEpoch(now) : now),
      hash: hash ?? now.hash,
      enabled: enabled ?? now.enabled,
      groups: groups ?? now.groups,
      organisations: organisations ?? now.organisations,
    }))
    if (user === undefined) throw noSuchUser()
    audit('user changed', { namespace: namespace.name, user: user.id, by: by.id })
    return describe(user)
  }
}

/** `POST /admin/users/delete` */
export function deleteUser(deps: {
  users: Pick<Users, 'remove'>
  audit: Audit
}): NamespaceWork<'username'> {
  return async ({ namespace }, fields, by) => {
    const id = idOf(nameOf(fields.username, 'username'))
    if (!(await deps.users.remove(namespace.nsId, id))) throw noSuchUser()
    deps.audit('user removed', { namespace: namespace.name, user: id, by: by.id })
    return { removed: id }
  }
}
