import type { Log } from '../http/types.ts'

interface Event {
  readonly at: number
  readonly event: string
  readonly [field: string]: unknown
}

/** The last events of this process, for administrators to look at: the log has all of them. */
export interface RecentEvents {
  readonly log: Log
  /** The newest first. */
  all(): Event[]
}

/** A log that remembers what it has passed on. */
export function rememberEvents(log: Log, now: () => number, most = 200): RecentEvents {
  const events: Event[] = []
  return {
    log(level, event, fields) {
      log(level, event, fields)
      events.unshift({ at: now(), event, ...fields })
      events.splice(most)
    },
    all: () => [...events],
  }
}
