import * as v from 'valibot'
import { HttpError } from '../../http/errors.ts'
import { readFields } from '../../http/form.ts'
import { changeUser, removeUser } from '../administrators.ts'
import { sendJson } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { existing, noSuchUser } from '../existing.ts'
import type { Guarded } from '../require-token.ts'
import {
  roles as allRoles,
  idOf,
  inNewEpoch,
  type Role,
  type User,
  type Users,
  userName,
} from '../user.ts'

interface UsersDeps {
  users: Pick<Users, 'find' | 'all' | 'page' | 'change' | 'replace' | 'remove'>
  maxBodyBytes: number
  audit: Audit
}

const pageSize = 50

/** `GET /users?after=name`: the users behind that name, fifty at most. */
export function usersHandler({ users }: UsersDeps): Guarded {
  return async (req, res) => {
    const after = new URLSearchParams(String(req.url).split('?')[1]).get('after') ?? undefined
    if (after !== undefined && !userName.test(after))
      throw new HttpError(400, 'after: must be a user name')
    const page = await users.page(after && idOf(after), pageSize)
    const next = page.length === pageSize ? page.at(-1)?.id : undefined
    sendJson(res, { users: page.map(shown), next })
  }
}

/** `PUT /users/:name/roles` with `{"roles": ["CLIENT"]}` */
export function rolesHandler(deps: UsersDeps): Guarded {
  return async (req, res, visitor, name = '') => {
    const { roles } = await readFields(req, ['roles'], deps.maxBodyBytes, { noOthers: true })
    const wanted = v.safeParse(Roles, roles)
    if (!wanted.success) throw new HttpError(422, `roles: must be a list of ${allRoles.join(', ')}`)
    const user = await existing(
      changeUser(idOf(name), deps.users, (user) => withRoles(user, wanted.output)),
    )
    deps.audit('roles changed', { user: user.id, by: visitor.user.id, roles: user.roles.join() })
    sendJson(res, shown(user))
  }
}

const Roles = v.pipe(v.array(v.picklist(allRoles)), v.minLength(1), v.maxLength(allRoles.length))

/** A role that is gained counts at the next request. With one that is lost all sessions end: their tokens still name it. */
function withRoles(user: User, roles: readonly Role[]): User {
  const changed = { ...user, roles: allRoles.filter((role) => roles.includes(role)) }
  return user.roles.every((role) => changed.roles.includes(role)) ? changed : inNewEpoch(changed)
}

/** `PUT /users/:name/enabled` with `{"enabled": false}` */
export function enabledHandler(deps: UsersDeps): Guarded {
  return async (req, res, visitor, name = '') => {
    const { enabled } = await readFields(req, ['enabled'], deps.maxBodyBytes, { noOthers: true })
    if (typeof enabled !== 'boolean') throw new HttpError(422, 'enabled: must be true or false')
    const user = await existing(
      changeUser(idOf(name), deps.users, (user) => ({ ...inNewEpoch(user), enabled })),
    )
    deps.audit('user switched on or off', { user: user.id, by: visitor.user.id, enabled })
    sendJson(res, shown(user))
  }
}

/** `DELETE /users/:name` */
export function removeUserHandler({ users, audit }: UsersDeps): Guarded {
  return async (_req, res, visitor, name = '') => {
    const id = idOf(name)
    if (!(await removeUser(id, users))) throw noSuchUser()
    audit('user removed', { user: id, by: visitor.user.id })
    sendJson(res, { removed: true })
  }
}

function shown({ name, roles, enabled, verified, createdAt }: User) {
  return { username: name, roles, enabled, verified, created_at: createdAt }
}
