import { HttpError } from '../../../http/errors.ts'
import type { Passwords } from '../../../password/hash.ts'
import type { Administrator, Administrators } from '../../administrator.ts'
import type { Audit } from '../../audit.ts'
import { nameOf, passwordOf } from '../../fields.ts'
import type { FindPlace } from '../../find-place.ts'
import { notSignedIn, type ServerWork } from '../../require-administrator.ts'
import { idOf } from '../../user.ts'

const describe = ({ name, nsId, createdAt: created_at }: Administrator) => ({
  username: name,
  of: nsId === undefined ? 'server' : 'namespace',
  created_at,
})

/** `POST /admin/administrators/add`: of the whole server, or of the one `namespace` that is named. */
export function addAdministrator(deps: {
  administrators: Pick<Administrators, 'create' | 'find'>
  passwords: Passwords
  findPlace: FindPlace
  audit: Audit
  now: () => number
}): ServerWork<'username' | 'password' | 'namespace'> {
  const { administrators, passwords, findPlace, audit, now } = deps
  return async (fields, by) => {
    const name = nameOf(fields.username, 'username')
    const { nsId } =
      fields.namespace === undefined ? {} : (await findPlace(fields.namespace)).namespace
    const hash = await passwords.hash(await passwordOf(fields.password, name))
    // Hashing waits in a queue. Whoever was taken away meanwhile makes nobody in their place.
    if ((await administrators.find(by.id))?.epoch !== by.epoch) throw notSignedIn('invalid_token')
    const made = await administrators.create({ name, hash, nsId }, now())
    if (made === undefined) throw new HttpError(409, 'username: it is taken')
    audit('administrator added', { user: made.id, by: by.id })
    return describe(made)
  }
}

/** `POST /admin/administrators/all` */
export function allAdministrators(deps: {
  administrators: Pick<Administrators, 'all'>
}): ServerWork<never> {
  return async () => {
    const all: object[] = []
    for await (const administrator of deps.administrators.all()) all.push(describe(administrator))
    return { administrators: all }
  }
}

/** `POST /admin/administrators/delete`: never whoever asks, so that one is left. */
export function deleteAdministrator(deps: {
  administrators: Pick<Administrators, 'remove'>
  audit: Audit
}): ServerWork<'username'> {
  return async (fields, by) => {
    const id = idOf(nameOf(fields.username, 'username'))
    if (id === by.id) throw new HttpError(409, 'username: nobody takes themselves away')
    if (!(await deps.administrators.remove(id)))
      throw new HttpError(404, 'username: there is nobody of this name')
    deps.audit('administrator removed', { user: id, by: by.id })
    return { removed: id }
  }
}
