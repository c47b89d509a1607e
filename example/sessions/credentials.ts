import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'

export interface Account {
  readonly username: string
  readonly password: string
}

const Credentials = v.object({ username: v.string(), password: v.string() })

/** The subject whose user name and password these are; `undefined` when they are nobody's. */
export type CheckCredentials = (given: unknown) => string | undefined

/**
 * Compares a user name and a password with the one account of this server, in a time that does not
 * depend on where they differ. One account in the settings needs no password hashing; many users
 * in a store do.
 */
export function credentialsOf({ username, password }: Account): CheckCredentials {
  const key = randomBytes(32)
  // Digests are equally long, as timingSafeEqual needs; the key makes them useless elsewhere.
  const digest = (text: string) => createHmac('sha256', key).update(text).digest()
  const expected = { username: digest(username), password: digest(password) }

  return (given) => {
    const parsed = v.safeParse(Credentials, given)
    if (!parsed.success) return undefined
    const sameUser = timingSafeEqual(digest(parsed.output.username), expected.username)
    const samePassword = timingSafeEqual(digest(parsed.output.password), expected.password)
    return sameUser && samePassword ? username : undefined
  }
}
