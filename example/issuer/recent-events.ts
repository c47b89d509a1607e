import type { Audit } from './audit.ts'

interface Event {
  readonly at: number
  readonly event: string
  readonly [field: string]: unknown
}

/** The last events of this process, for administrators to look at: the log has all of them. */
export interface RecentEvents {
  readonly audit: Audit
  /** The newest first. */
  all(): Event[]
}

export function rememberEvents(audit: Audit, now: () => number, most = 200): RecentEvents {
  const events: Event[] = []
  return {
    audit(event, { session, ...fields }) {
      audit(event, { ...fields, ...(session !== undefined && { session }) })
      events.unshift({
        at: now(),
        event,
        ...fields,
        ...(session !== undefined && { session: session.slice(0, 8) }),
      })
      events.splice(most)
    },
    all: () => [...events],
  }
}
