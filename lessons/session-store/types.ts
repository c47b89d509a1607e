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
