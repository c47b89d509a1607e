import { HttpError } from '../http/errors.ts'
import { RecordDamaged } from '../store/errors.ts'
import type { User } from './user.ts'

/**
 * The user whom an administrator has named.
 * @throws HttpError 404 when there is none, 409 when the record cannot be read
 */
export async function existing(named: Promise<User | undefined>): Promise<User> {
  const user = await named.catch((error) => {
    throw error instanceof RecordDamaged ? new HttpError(409, damaged) : error
  })
  if (user === undefined) throw noSuchUser()
  return user
}

export const noSuchUser = () => new HttpError(404, 'There is no user of this name')

const damaged =
  'Cannot read the record of this user: it is damaged, and lets nobody in. It can only be removed: DELETE /users/:name'
