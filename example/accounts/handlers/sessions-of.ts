import { sendJson } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { existing } from '../existing.ts'
import type { Families } from '../family.ts'
import type { Guarded } from '../require-token.ts'
import { idOf, inNewEpoch, type Users } from '../user.ts'
import { asDevice } from './sessions.ts'

interface SessionsOfDeps {
  users: Pick<Users, 'find' | 'change'>
  families: Pick<Families, 'liveOf'>
  audit: Audit
  now: () => number
}

/** `GET /users/:name/sessions`: on which devices a user is signed in, for administrators. */
export function sessionsOfHandler({ users, families, now }: SessionsOfDeps): Guarded {
  return async (_req, res, { family: own }, name = '') => {
    const user = await existing(users.find(idOf(name)))
    const live = await families.liveOf(user, now())
    sendJson(res, { sessions: live.map((family) => asDevice(family, own.id)) })
  }
}

/** `DELETE /users/:name/sessions`: ends all of them. */
export function endSessionsOfHandler({ users, audit }: SessionsOfDeps): Guarded {
  return async (_req, res, { user: { id: by } }, name = '') => {
    const user = await existing(users.change(idOf(name), inNewEpoch))
    audit('all sessions ended', { user: user.id, by })
    sendJson(res, { ended: true })
  }
}
