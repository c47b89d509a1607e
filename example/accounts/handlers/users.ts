import * as v from 'valibot'
import { HttpError } from '../../http/errors.ts'
import { readFields } from '../../http/form.ts'
import { reply } from '../../http/reply.ts'
import type { HttpResponse } from '../../http/types.ts'
import { RecordDamaged } from '../../store/errors.ts'
import { type Administrators, isAdministrator } from '../administrators.ts'
import type { Audit } from '../audit.ts'
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
import { nobody } from './sessions-of.ts'

interface UsersDeps {
  users: Pick<Users, 'find' | 'page' | 'change' | 'remove'>
  administrators: Pick<Administrators, 'release' | 'settle'>
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
    send(res, { users: page.map(shown), next })
  }
}

/** `PUT /users/:name/roles` with `{"roles": ["CLIENT"]}` */
export function rolesHandler(deps: UsersDeps): Guarded {
  return async (req, res, visitor, name = '') => {
    const { roles } = await readFields(req, ['roles'], deps.maxBodyBytes, { noOthers: true })
    const wanted = v.safeParse(Roles, roles)
    if (!wanted.success) throw new HttpError(422, `roles: must be a list of ${allRoles.join(', ')}`)
    const user = await change(name, deps, (user) => withRoles(user, wanted.output))
    deps.audit('roles changed', { user: user.id, by: visitor.user.id, roles: user.roles.join() })
    send(res, shown(user))
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
    const user = await change(name, deps, (user) => ({ ...inNewEpoch(user), enabled }))
    deps.audit('user switched on or off', { user: user.id, by: visitor.user.id, enabled })
    send(res, shown(user))
  }
}

/** `DELETE /users/:name` */
export function removeUserHandler(deps: UsersDeps): Guarded {
  return async (_req, res, visitor, name = '') => {
    const id = idOf(name)
    // Switched off first: nobody makes an administrator of somebody who is being removed, and leaves it to them.
    await change(name, deps, (user) => ({ ...user, enabled: false })).catch(async (error) => {
      // Of whom a record cannot be read, nobody knows whether they were one.
      if (!(error instanceof RecordDamaged)) throw error
      if (!(await deps.administrators.release(id))) throw lastOne()
    })
    await deps.users.remove(id)
    await deps.administrators.settle(id)
    deps.audit('user removed', { user: id, by: visitor.user.id })
    send(res, { removed: true })
  }
}

/** Changes a user. Whoever would stop being an administrator leaves the list first: cut off in between, they are one still. */
async function change(
  name: string,
  { users, administrators }: UsersDeps,
  changeOf: (user: User) => User,
): Promise<User> {
  const id = idOf(name)
  let leaves = false
  const write = (mayLeave: boolean) =>
    users.change(id, (user) => {
      const changed = changeOf(user)
      leaves = isAdministrator(user) && !isAdministrator(changed)
      return leaves && !mayLeave ? undefined : changed
    })
  let changed = await write(false)
  if (leaves) {
    if (!(await administrators.release(id))) throw lastOne()
    changed = await write(true)
  }
  await administrators.settle(id)
  if (changed === undefined) throw nobody()
  return changed
}

const lastOne = () =>
  new HttpError(409, 'Cannot take the last administrator away: make another one first')

function shown({ name, roles, enabled, verified, createdAt }: User) {
  return { username: name, roles, enabled, verified, created_at: createdAt }
}

function send(res: HttpResponse, body: object): void {
  reply(res, { status: 200, type: 'json', body: JSON.stringify(body) })
}
