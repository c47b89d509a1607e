import type { JsonObject } from './types.ts'

/**
 * A JWK may say that it is not for signatures, and name the operations that it is for
 * (RFC 7517 §4.2, §4.3).
 */
export function isFor(
  { use, key_ops: named }: JsonObject,
  ...operations: readonly string[]
): boolean {
  const fits =
    named === undefined || (Array.isArray(named) && operations.some((each) => named.includes(each)))
  return fits && (use === undefined || use === 'sig')
}
