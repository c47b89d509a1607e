import { HttpError } from '../../http/errors.ts'
import type { HttpRequest, HttpResponse } from '../../http/types.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import type { Known } from '../authenticate.ts'
import { type Families, type Family, into } from '../family.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import type { Guarded } from '../require-token.ts'
import { sayAgo } from '../say-ago.ts'
import { inNewEpoch, type Users } from '../user.ts'
import type { Views } from '../views.ts'

interface SessionsDeps {
  families: Pick<Families, 'liveOf' | 'end' | 'change'>
  users: Pick<Users, 'change'>
  openTo: OpenTo
  views: Views
  audit: Audit
  now: () => number
}

/** `GET /sessions`: on which devices somebody is signed in. */
export function sessionsHandler({ families, views, now }: SessionsDeps): Guarded {
  return async (req, res, { user, family: own }) => {
    const time = now()
    const devices = (await families.liveOf(user, time)).map((family) => asDevice(family, own.id))
    const json = { sessions: devices }
    const { name, verified } = user
    const page = () => views.sessions({ name, verified, devices: devices.map(sayWhen(time)) })
    answer(req, res, { json, page })
  }
}

type Device = ReturnType<typeof asDevice>

/** A family as its user sees it. */
export function asDevice({ id, agent, address, createdAt, seenAt, endsAt }: Family, own: string) {
  const times = { created_at: createdAt, seen_at: seenAt, ends_at: endsAt }
  return { id, device: agent, address, ...times, current: id === own }
}

/** When a device was seen is not written down at every request: nothing finer than `sayAgo` would be true. */
const sayWhen = (now: number) => (device: Device) => ({
  ...device,
  since: sayAgo(now - device.created_at),
  seen: sayAgo(now - device.seen_at),
})

/** `POST /sessions/end`: `id` is that of one device, or `others`, or `all`. */
export function endSessionsHandler(deps: SessionsDeps): Guarded {
  return async (req, res, visitor) => {
    const { id } = await readForm(req, ['id'], deps.openTo)
    if (id === 'others') await endOthers(visitor, deps)
    else if (id === 'all') await endAll(visitor, deps)
    else await endOne(visitor, id, deps)
    sendEnded(req, res)
  }
}

/** `DELETE /sessions/:id` */
export function endSessionHandler(deps: SessionsDeps): Guarded {
  return async (req, res, visitor, id = '') => {
    await endOne(visitor, id, deps)
    sendEnded(req, res)
  }
}

/** `DELETE /sessions`: all of them, this one, too. */
export function endAllSessionsHandler(deps: SessionsDeps): Guarded {
  return async (req, res, visitor) => {
    await endAll(visitor, deps)
    sendEnded(req, res)
  }
}

function sendEnded(req: HttpRequest, res: HttpResponse): void {
  answer(req, res, { json: { ended: true }, page: '/sessions' })
}

/** The id names a record among those of the visitor alone: nobody reaches another user's. */
async function endOne({ user }: Known, id: string, { families, audit }: SessionsDeps) {
  const ended = uuid.test(id) ? await families.end(user.id, id) : undefined
  if (ended === undefined) throw new HttpError(404, 'You have no session of this id')
  audit('session ended', { user: user.id, session: id })
}

const uuid = /^[0-9a-f-]{36}$/

async function endAll({ user }: Known, { users, audit }: SessionsDeps): Promise<void> {
  await users.change(user.id, inNewEpoch)
  audit('all sessions ended', { user: user.id })
}

/**
 * First all of them with one write, then this one is let into the new epoch: cut off in between, all have ended. Where it has
 * ended meanwhile itself, it ends with them: nobody comes back by this.
 */
async function endOthers(visitor: Known, deps: SessionsDeps) {
  const { user, family } = visitor
  const changed = await deps.users.change(user.id, (user) =>
    user.epoch === family.epoch ? inNewEpoch(user) : undefined,
  )
  if (changed === undefined) return await endAll(visitor, deps)
  await deps.families.change(user.id, family.id, into(changed.epoch))
  deps.audit('all other sessions ended', { user: user.id, session: family.id })
}
