// A password is kept as a hash that takes time and memory to compute, so that whoever copies the store has to guess slowly.
// The same cost is ours at every sign-in: one at a time, with a short queue, in a thread of low priority, or sign-ins would
// stop the server.
import { type Options, parseOptions } from '@node-rs/argon2'
import type { Piscina } from 'piscina'
import { HttpError } from '../http/errors.ts'

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

const longestQueue = 50

/**
 * A thread that starts at the first password and ends with the process. Node's own four belong to LevelDB: while they
 * hash, a sign-out waits for the disk. At 10 of 19 it gets a tenth of a core that others want, and a whole one that is free.
 */
const thread = {
  filename: new URL('./hash-thread.mjs', import.meta.url).href,
  execArgv: [] as string[], // no flag of ours is for it
  name: 'compute',
  minThreads: 0,
  maxThreads: 1,
  idleTimeout: Number.POSITIVE_INFINITY,
  niceIncrement: 10,
} as const

/** So many are signing in that one more would wait too long: 503. */
export class HashingBusy extends HttpError {
  constructor() {
    super(503, 'Cannot look at your password now: too many are signing in', { 'retry-after': '1' })
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
  let starting: Promise<Pool> | undefined
  const inTurn = async (work: Work) => {
    starting ??= startPool()
    const pool = await starting
    if (pool.queueSize >= longestQueue) throw new HashingBusy()
    return await pool.run(work)
  }

  return {
    hash: async (password) => String(await inTurn({ password, how: cost })),
    async verify(hashed, password) {
      const how = hashed !== undefined && isBounded(hashed) ? hashed : nobodys
      return (await inTurn({ password, how })) === true
    },
  }
}

/** What the thread computes: a new hash at this cost, or the look whether this one is of the password. */
export interface Work {
  readonly password: string
  readonly how: Options | string
}

type Pool = Piscina<Work, string | boolean>

/** With the first password: at the start it would be fifty milliseconds for nothing. */
async function startPool(): Promise<Pool> {
  const { Piscina } = await import('piscina')
  return new Piscina(thread)
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
