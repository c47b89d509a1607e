import type { RefusalCode } from './types.ts'

/**
 * A token that was refused. `code` is the id of the check that refused it, or `encryption`;
 * the message never holds the token, so it may be logged.
 */
export class TokenError extends Error {
  readonly code: RefusalCode
  /** What the message says after its first words. */
  readonly reason: string

  constructor(code: RefusalCode, reason: string, options?: ErrorOptions) {
    super(`Cannot accept the token: ${reason}`, options)
    this.name = 'TokenError'
    this.code = code
    this.reason = reason
  }
}
