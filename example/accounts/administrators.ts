// The last administrator cannot be taken away, or nobody could make another. Of two who take each other away at once, each would
// see the other. So whoever takes one away holds on to another first, by writing that record anew, and succeeds only
// where nobody has written the first one since it was read: who is held on to goes by no decision that was made before.
import { randomUUID } from 'node:crypto'
import { HttpError } from '../http/errors.ts'
import { absentIfDamaged } from '../store/errors.ts'
import { inNewEpoch, type User, type Users } from './user.ts'

type UsersToChange = Pick<Users, 'find' | 'all' | 'change' | 'replace' | 'remove'>

/**
 * Changes a user, and gives back how it stands; `undefined` when there is none.
 * @throws HttpError 409 when no administrator would be left
 */
export async function changeUser(
  id: string,
  users: UsersToChange,
  change: (user: User) => User,
): Promise<User | undefined> {
  for (;;) {
    const user = await users.find(id)
    if (user === undefined || isLeaving(user)) return undefined
    const changed = change(user)
    const leaves = isAdministrator(user) && !isAdministrator(changed)
    const other = leaves ? await holdOnToAnother(id, users) : undefined
    if (await users.replace(user, changed)) return changed
    // Two who hold on to each other would do so for ever: one of them goes on.
    if (other !== undefined && other < id) throw new HttpError(409, meanwhile)
  }
}

/** `false` when there was no such user. */
export async function removeUser(id: string, users: UsersToChange): Promise<boolean> {
  // First into a state that nothing leads out of, or somebody might make an administrator of them meanwhile. With a record that
  // is damaged nobody is one: it lets nobody in.
  await changeUser(id, users, asLeaving).catch(absentIfDamaged)
  return await users.remove(id)
}

async function holdOnToAnother(id: string, users: UsersToChange): Promise<string> {
  const held = (user: User) => (isAdministrator(user) ? { ...user, held: randomUUID() } : undefined)
  for await (const { id: other, record } of users.all())
    if (other !== id && isAdministrator(record))
      if (await users.change(other, held).catch(absentIfDamaged)) return other
  throw new HttpError(409, 'Cannot take the last administrator away: make another one first')
}

const meanwhile = 'Cannot take an administrator away while another one goes: try again'

export function isAdministrator(user: User | undefined): boolean {
  return user?.enabled === true && user.roles.includes('ADMIN')
}

const asLeaving = (user: User): User => ({ ...inNewEpoch(user), enabled: false, roles: [] })

/** Cut off in between, a user without any role is left, who can be removed once more. */
const isLeaving = ({ roles }: User) => roles.length === 0
