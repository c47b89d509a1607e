import { TokenError } from '../../../example/token/errors.ts'
import { type Key, keySet } from '../../../example/token/key.ts'
import type { CheckId, VerifyOptions } from '../../../example/token/types.ts'
import { verify } from '../../../example/token/verify.ts'
import { keys, NOW, policy } from '../../support/fixtures.ts'

/**
 * The id of the check that refuses a token, or `accepted`. Only a TokenError is a refusal:
 * an error of another class is a hole of its own, so it goes through and the test fails.
 */
export async function refusedBy(
  token: unknown,
  replaced: Partial<VerifyOptions> = {},
): Promise<CheckId | 'accepted'> {
  try {
    await verify(token as string, { keys, policy, now: NOW, ...replaced })
    return 'accepted'
  } catch (error) {
    if (error instanceof TokenError) return error.code
    throw error
  }
}

/** A verifier that holds this key alone, and accepts its algorithm alone. */
export function holding(key: Key): Pick<VerifyOptions, 'keys' | 'policy'> {
  return { keys: keySet(key), policy: { ...policy, algorithms: [key.alg] } }
}
