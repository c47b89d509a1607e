import { HttpError } from '../../../http/errors.ts'
import type { Audit } from '../../audit.ts'
import { nameOf } from '../../fields.ts'
import type { Grants } from '../../grant.ts'
import { textOf } from '../../read-json.ts'
import type { NamespaceWork } from '../../require-administrator.ts'
import { inNewEpoch, type Users } from '../../user.ts'
import { noSuchUser } from './users.ts'

/** More than anybody looks through. */
const mostSessions = 200

/** `POST /admin/sessions/all`: the live sign-ins of a user, or without a name those of the application itself. */
export function allSessions(deps: {
  users: Pick<Users, 'find'>
  grants: Pick<Grants, 'liveOf'>
  now: () => number
}): NamespaceWork<'username'> {
  const { users, grants, now } = deps
  return async ({ namespace: { nsId } }, fields) => {
    const user = await userOf(users, nsId, fields.username)
    const sessions: object[] = []
    for await (const { id, subject, endsAt, rotatedAt } of grants.liveOf(nsId, user, now())) {
      sessions.push({ id, subject, ends_at: endsAt, refreshed_at: rotatedAt })
      if (sessions.length === mostSessions) break
    }
    return { sessions }
  }
}

/** `POST /admin/sessions/end`: one of them; all of a user's where no `id` is named. */
export function endSession(deps: {
  users: Pick<Users, 'find' | 'change'>
  grants: Pick<Grants, 'end'>
  audit: Audit
}): NamespaceWork<'username' | 'id'> {
  const { users, grants, audit } = deps
  return async ({ namespace: { name, nsId } }, fields, by) => {
    const user = await userOf(users, nsId, fields.username)
    if (fields.id === undefined) {
      if (user === undefined) throw new HttpError(422, 'id: must be the id of a session')
      await users.change(nsId, user.id, inNewEpoch)
      audit('all sessions ended', { namespace: name, user: user.id, by: by.id })
      return { ended: 'all' }
    }
    const id = textOf(fields, 'id')
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new HttpError(422, 'id: must be the id of a session')
    await grants.end({ nsId, user: user?.id, id })
    audit('session ended', { namespace: name, user: user?.id, session: id, by: by.id })
    return { ended: id }
  }
}

async function userOf(users: Pick<Users, 'find'>, nsId: string, username: unknown) {
  if (username === undefined) return undefined
  const user = await users.find(nsId, nameOf(username, 'username'))
  if (user === undefined) throw noSuchUser()
  return user
}
