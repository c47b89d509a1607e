import { RecordDamaged } from '../store/errors.ts'
import { TokenError } from '../token/errors.ts'

/** Why a token is refused, for the log. Any other error is no answer: it is thrown again. */
export function reasonOf(error: unknown): string {
  if (error instanceof TokenError) return error.code
  if (error instanceof RecordDamaged) return 'damaged-record'
  throw error
}
