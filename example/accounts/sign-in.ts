import { countedBy } from '../http/client-address.ts'
import { isOutdated, type Passwords } from '../password/hash.ts'
import type { TakeAttempt } from '../password/take-attempt.ts'
import { absentIfDamaged } from '../store/errors.ts'
import type { Audit } from './audit.ts'
import type { Families } from './family.ts'
import { idOf, type User, type Users, userName } from './user.ts'

interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * The user whose name and password these are. Nobody of that name, another password, switched off: one answer, `undefined`,
 * after the same work.
 * @throws HttpError 429 when the account or the address has no attempt left in this minute
 * @throws HashingBusy
 */
export type CheckCredentials = (given: Credentials, address: string) => Promise<User | undefined>

export function createCheckCredentials(deps: {
  users: Pick<Users, 'find' | 'change'>
  families: Pick<Families, 'liveOf'>
  passwords: Passwords
  /** Taken before the look and given back after a success: a hundred guesses at once are a hundred. */
  takeAttempt: TakeAttempt
  audit: Audit
  now: () => number
}): CheckCredentials {
  const { users, families, passwords, takeAttempt: take, audit, now } = deps

  /** Guesses from elsewhere keep nobody out where they are signed in: for each address that a user is known by, they are counted apart. */
  async function counted(user: User | undefined, id: string, address: string): Promise<string> {
    const devices = user === undefined ? [] : await families.liveOf(user, now())
    const isKnown = devices.some((device) => countedBy(device.address) === address)
    return isKnown ? `user ${id} at ${address}` : `user ${id}`
  }

  return async ({ username, password }, address) => {
    const id = idOf(username)
    const byAddress = await take(`address ${address}`)
    const user = userName.test(username) ? await users.find(id).catch(absentIfDamaged) : undefined
    const attempts = [byAddress, await take(await counted(user, id, address))]
    const matches = await passwords.verify(user?.hash, password)
    if (user === undefined || !matches || !user.enabled) {
      // Not what was typed: people type their password into the wrong field.
      audit('sign-in failed', { user: user?.id, address })
      return undefined
    }
    for (const takeBack of attempts) await takeBack()
    if (!isOutdated(user.hash)) return user
    const hash = await passwords.hash(password)
    // In the epoch in which the password was right: what has changed since then counts against whoever signs in.
    return (await users.change(id, anew(user.hash, hash))) === undefined ? user : { ...user, hash }
  }
}

/** Only where the password is still the same: it may be changed meanwhile. */
function anew(old: string, hash: string): (user: User) => User | undefined {
  return (user) => (user.hash === old ? { ...user, hash } : undefined)
}
