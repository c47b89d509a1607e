import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import { idOf, nameRule, roles, type User, type Users, userName } from '../user.ts'

/**
 * Makes this name an administrator, and says what came of it. There is no account from the start: a new name gets the password
 * that is asked for. Whoever has an account keeps it, password and sessions, and gains the role.
 */
export async function makeAdministrator(
  name: string,
  deps: {
    users: Pick<Users, 'find' | 'create' | 'change'>
    passwords: Pick<Passwords, 'hash'>
    askPassword: () => Promise<string>
    now: () => number
  },
): Promise<string> {
  const { users, passwords, askPassword, now } = deps
  if (!userName.test(name)) throw cannot(`the user name ${nameRule}`)
  const id = idOf(name)
  const user = await users.find(id)
  if (user !== undefined) {
    if ((await users.change(id, asAdministrator)) === undefined)
      throw cannot(`the account of ${user.name} is switched off`)
    return user.roles.includes('ADMIN')
      ? `${user.name} was an administrator already: nothing is changed`
      : `${user.name} is an administrator from now on, with the password as it was`
  }
  const password = await askPassword()
  const problems = await passwordProblems(password, name)
  if (problems.length > 0) throw cannot(`the password ${problems.join(', ')}`)
  const hash = await passwords.hash(password)
  if ((await users.create({ name, hash, roles }, now())) === undefined)
    throw cannot(`somebody has signed up as ${name} meanwhile`)
  return `${name} is an administrator: sign in with that password`
}

/** Who was switched off had a reason to be: a role changes nothing about it. */
function asAdministrator(user: User): User | undefined {
  const changed = roles.filter((role) => role === 'ADMIN' || user.roles.includes(role))
  return user.enabled ? { ...user, roles: changed } : undefined
}

const cannot = (why: string) => new Error(`Cannot make an administrator: ${why}`)
