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
  | 'key dropped'
  | 'secret shown'
  | 'administrator signed in'
  | 'administrator added'
  | 'administrator removed'
  | 'namespace made'
  | 'namespace changed'
  | 'namespace removed'
  | 'user added'
  | 'user changed'
  | 'user removed'
  | 'session ended'
  | 'all sessions ended'
  | 'application invited'
  | 'client token made'
  | 'forbidden'

export type Audit = SharedAudit<AuditEvent>

export const alarming: readonly AuditEvent[] = [
  'sign-in failed',
  'refresh token reused',
  'forbidden',
]
