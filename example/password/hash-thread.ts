// Runs in a thread of its own (`hash.ts` starts it), where a hash may hold everything up for as long as it takes.
import { hashSync, type Options, verifySync } from '@node-rs/argon2'

export interface Work {
  readonly password: string
  /** What to compute: a new hash at this cost, or the look whether this one is of the password. */
  readonly how: Options | string
}

export const compute = ({ password, how }: Work): string | boolean =>
  typeof how === 'string' ? verifySync(how, password) : hashSync(password, how)
