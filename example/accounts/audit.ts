import type { Audit as SharedAudit } from '../server/audit.ts'

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

export type Audit = SharedAudit<AuditEvent>

export const alarming: readonly AuditEvent[] = [
  'sign-in failed',
  'refresh token reused',
  'forbidden',
]
