/** The records of sessions. Times are in seconds since 1970; a method rejects when it cannot say. */
export interface SessionStore {
  /** Writes the record of a new session, and gives its id: the `jti` of the token. */
  start(subject: string, lifetimeSeconds: number, now: number): Promise<string>
  /** Whether a request with this id is let in. */
  isLive(id: string, now: number): Promise<boolean>
  /** Ends a live session; `false` when there was none. */
  end(id: string, now: number): Promise<boolean>
  /** Forgets what has expired by `now`, and says how many sessions that were. */
  sweep(now: number): Promise<number>
}

/** What a store on Redis is, in two words. */
export interface Decision {
  readonly list: 'who is signed in' | 'who has signed out'
  /** What Redis does with a write when its memory is full: its setting `maxmemory-policy`. */
  readonly whenFull: 'noeviction' | 'allkeys-lru' | 'volatile-lru' | 'allkeys-random'
}

/** Where a Redis is, as whom to ask it, and what every key has to begin with. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly keyPrefix?: string
}
