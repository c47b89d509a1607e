import type { Log } from '../http/types.ts'

/** What is worth a line to whoever looks, later, for what has happened. */
type AuditEvent =
  | 'signed up'
  | 'signed in'
  | 'sign-in failed'
  | 'signed out'
  | 'session ended'
  | 'all sessions ended'
  | 'all other sessions ended'
  | 'refresh token reused'
  | 'password changed'
  | 'forbidden'
  | 'roles changed'
  | 'user switched on or off'
  | 'user removed'
  | 'link sent'
  | 'link used'

interface AuditFields {
  /** The user whom it is about. */
  readonly user?: string | undefined
  /** Who did it, where that is somebody else. */
  readonly by?: string
  /** The id of a session, of which eight characters are written: enough to find it again. */
  readonly session?: string
  readonly address?: string
  readonly roles?: string
  readonly enabled?: boolean
  readonly purpose?: string
}

export type Audit = (event: AuditEvent, fields: AuditFields) => void

const alarming: readonly AuditEvent[] = ['sign-in failed', 'refresh token reused', 'forbidden']

/** One line an event. No token, no password and no whole id is ever in it. */
export function createAudit(log: Log): Audit {
  return (event, { session, ...fields }) =>
    log(alarming.includes(event) ? 'warn' : 'info', event, {
      ...fields,
      ...(session === undefined ? {} : { session: session.slice(0, 8) }),
    })
}
