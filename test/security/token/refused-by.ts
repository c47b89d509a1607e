import { type Key, keySet } from '../../../example/token/key.ts'
import type { RefusalCode, VerifyOptions } from '../../../example/token/types.ts'
import { verify } from '../../../example/token/verify.ts'
import { keys, NOW, policy } from '../../support/fixtures.ts'
import { codeOf } from '../../support/refusal.ts'

/** The id of the check by which the session server's policy refuses a token, or `accepted`. */
export function refusedBy(
  token: unknown,
  replaced: Partial<VerifyOptions> = {},
): Promise<RefusalCode | 'accepted'> {
  return codeOf(verify(token as string, { keys, policy, now: NOW, ...replaced }))
}

/** A verifier that holds this key alone, and accepts its algorithm alone. */
export function holding(key: Key): Pick<VerifyOptions, 'keys' | 'policy'> {
  return { keys: keySet(key), policy: { ...policy, algorithms: [key.alg] } }
}
