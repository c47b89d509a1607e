import type { Log } from '../http/types.ts'

interface AuditFields {
  /** The user whom it is about. */
  readonly user?: string | undefined
  /** The id of a session, of which eight characters are written: enough to find it again. */
  readonly session?: string
  readonly [field: string]: string | number | boolean | undefined
}

export type Audit<Event> = (event: Event, fields: AuditFields) => void

/** One line an event. No token, no password and no whole id is ever in it; what is alarming is a warning. */
export function createAudit<Event extends string>(
  log: Log,
  alarming: readonly Event[],
): Audit<Event> {
  return (event, { session, ...fields }) =>
    log(alarming.includes(event) ? 'warn' : 'info', event, {
      ...fields,
      ...(session === undefined ? {} : { session: session.slice(0, 8) }),
    })
}
