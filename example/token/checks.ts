import { claimsChecks } from './checks-claims.ts'
import { formChecks } from './checks-form.ts'
import { headerChecks } from './checks-header.ts'
import { signatureCheck } from './checks-signature.ts'
import type { Check } from './types.ts'

/**
 * Everything that a token must pass, in this order; the first failure ends it.
 * The server, the lessons, the inspector, the attacks and the tests all speak of these ids.
 */
export const checks: readonly Check[] = [
  ...formChecks,
  ...headerChecks,
  signatureCheck,
  ...claimsChecks,
]
