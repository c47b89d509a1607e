// A password is kept as a hash that takes time and memory to compute, so that whoever copies the store has to guess slowly.
// The same cost is ours at every sign-in: two at a time, and a short queue, or sign-ins would stop the server.
import { hash, parseOptions, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'

/** OWASP's figures for argon2id: 19 MiB, two passes, one lane. The salt of 16 random bytes is the library's. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** What a stored hash may ask for: one of `m=2000000` would take 2 GB and many seconds. Sizes are in KiB and bytes. */
const most = {
  memoryCost: 131_072,
  timeCost: 10,
  parallelism: 4,
  outputLen: 64,
  saltLen: 64,
} as const
const shortestOutput = 16

const { memoryCost, timeCost, parallelism } = cost
/** Where there is no hash, this one is computed in its place: it costs the same, and no password of it is known. */
const nobodys = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Hashing and LevelDB's writes share the four threads of node: two stay free. */
const atOnce = 2
const longestQueue = 50

/** So many are signing in that one more would wait too long. */
export class HashingBusy extends Error {
  constructor() {
    super('Cannot look at the password: too many wait for the same')
    this.name = 'HashingBusy'
  }
}

export interface Passwords {
  /**
   * The hash of a password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
   * @throws HashingBusy
   */
  hash(password: string): Promise<string>
  /**
   * Is this the password of this hash? Where there is no hash it takes as long, and is not.
   * @throws HashingBusy
   */
  verify(hashed: string | undefined, password: string): Promise<boolean>
}

export function createPasswords(): Passwords {
  const limit = pLimit(atOnce)
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (limit.pendingCount >= longestQueue) throw new HashingBusy()
    return await limit(work)
  }

  return {
    hash: (password) => inTurn(() => hash(password, cost)),
    async verify(hashed, password) {
      const computed = hashed !== undefined && isBounded(hashed) ? hashed : nobodys
      return await inTurn(() => verify(computed, password))
    },
  }
}

/** Was it made with other figures than those of today? Then the next sign-in makes it anew. */
export function isOutdated(hashed: string): boolean {
  const { algorithm, ...made } = parseOptions(hashed)
  return algorithm !== argon2id || keysOf(cost).some((name) => made[name] !== cost[name])
}

/** Is it a hash of argon2id that can be looked at without harm? */
export function isBounded(hashed: string): boolean {
  try {
    const { algorithm, ...made } = parseOptions(hashed)
    if (algorithm !== argon2id || made.outputLen < shortestOutput) return false
    return keysOf(most).every((name) => made[name] <= most[name])
  } catch {
    return false
  }
}

const argon2id = 2

const keysOf = <T extends object>(object: T) => Object.keys(object) as Array<keyof T>
