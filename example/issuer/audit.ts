import type { Audit as SharedAudit } from '../server/audit.ts'

/** What is worth a line to whoever looks, later, for what has happened. */
type AuditEvent =
  | 'signed in'
  | 'sign-in failed'
  | 'signed out'
  | 'refresh token reused'
  | 'application registered'
  | 'token issued'
  | 'keys rotated'

export type Audit = SharedAudit<AuditEvent>

export const alarming: readonly AuditEvent[] = ['sign-in failed', 'refresh token reused']
