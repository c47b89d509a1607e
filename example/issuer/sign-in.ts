import { isOutdated, type Passwords } from '../password/hash.ts'
import type { TakeAttempt } from '../password/take-attempt.ts'
import { absentIfDamaged } from '../store/errors.ts'
import type { Audit } from './audit.ts'
import type { Namespace } from './namespace.ts'
import { idOf, type User, type Users } from './user.ts'

interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * The user of this namespace whose name and password these are. Nobody of that name, another password, switched off: one
 * answer, `undefined`, after the same work.
 * @throws HttpError 429 when the account or the address has no attempt left in this minute
 * @throws HashingBusy
 */
export type CheckCredentials = (
  namespace: Namespace,
  given: Credentials,
  address: string,
) => Promise<User | undefined>

export function createCheckCredentials(deps: {
  users: Pick<Users, 'find' | 'change'>
  passwords: Passwords
  /** Taken before the look and given back after a success: a hundred guesses at once are a hundred. */
  takeAttempt: TakeAttempt
  /** There are more of these: nobody keeps a user out from one address, and many addresses together do not guess on. */
  takeOfAccount: TakeAttempt
  audit: Audit
}): CheckCredentials {
  const { users, passwords, takeAttempt: take, takeOfAccount, audit } = deps
  return async ({ nsId, name: namespace }, { username, password }, address) => {
    const attempts = [
      await take(`address ${address}`),
      await takeOfAccount(`user ${nsId}.${idOf(username)}`),
    ]
    const user = await users.find(nsId, username).catch(absentIfDamaged)
    const matches = await passwords.verify(user?.hash, password)
    if (user === undefined || !matches || !user.enabled) {
      // Not what was typed: people type their password into the wrong field.
      audit('sign-in failed', { user: user?.id, namespace, address })
      return undefined
    }
    for (const takeBack of attempts) await takeBack()
    if (!isOutdated(user.hash)) return user
    const hash = await passwords.hash(password)
    const anew = (now: User) => (now.hash === user.hash ? { ...now, hash } : undefined)
    return (await users.change(nsId, user.id, anew)) === undefined ? user : { ...user, hash }
  }
}
