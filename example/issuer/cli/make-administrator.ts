import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import type { Administrators } from '../administrator.ts'

/** Makes an administrator of the whole server, and says so. Nobody is one from the start, and no password is there by default. */
export async function makeAdministrator(
  name: string,
  deps: {
    administrators: Pick<Administrators, 'find' | 'create'>
    passwords: Pick<Passwords, 'hash'>
    askPassword: () => Promise<string>
    now: () => number
  },
): Promise<string> {
  const { administrators, passwords, askPassword, now } = deps
  if ((await administrators.find(name)) !== undefined) throw cannot(taken(name))
  const password = await askPassword()
  const problems = await passwordProblems(password, name)
  if (problems.length > 0) throw cannot(`the password ${problems.join(', ')}`)
  const hash = await passwords.hash(password)
  const made = await administrators.create({ name, hash, nsId: undefined }, now())
  if (made === undefined) throw cannot(taken(name))
  return `${name} is an administrator: sign in with POST /admin/login`
}

const taken = (name: string) => `there is one with the name ${name}, whose password is as it was`

const cannot = (why: string) => new Error(`Cannot make an administrator: ${why}`)
