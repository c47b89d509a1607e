// Runs in a thread of its own (`hash.ts` starts it), where a hash may hold everything up for as long as it takes. Plain JavaScript:
// a thread that takes types away first starts ten times as late.
import { hashSync, verifySync } from '@node-rs/argon2'

/** @param {import('./hash.ts').Work} work */
export const compute = ({ password, how }) =>
  typeof how === 'string' ? verifySync(how, password) : hashSync(password, how)
