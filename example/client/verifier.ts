import { TokenError } from '../token/errors.ts'
import type { KeySet } from '../token/key.ts'
import type { Policy } from '../token/types.ts'
import { createVerifier, type Verify } from '../token/verifier.ts'
import { type KeySetOptions, remoteKeySet } from './key-set.ts'

/** Whose tokens, and which, an API takes: decided here, and never by a token. */
export interface VerifierOptions
  extends Omit<KeySetOptions, 'jwksUrl'>,
    Pick<Policy, 'issuer' | 'audience'> {
  /** `/.well-known/jwks.json` below the issuer, unless it stands elsewhere. */
  readonly jwksUrl?: string
  readonly maxLifetimeSeconds?: number
  readonly leewaySeconds?: number
}

/**
 * Proves access tokens with the published keys of their issuer: claims, or a TokenError, or KeysUnavailable where nobody can
 * say. A key that is not known is looked for once; tokens that were made up cost no request each.
 */
export function remoteVerifier(options: VerifierOptions): Verify {
  const { algorithms, issuer, audience, jwksUrl = `${issuer}/.well-known/jwks.json` } = options
  const { maxLifetimeSeconds = 86_400, leewaySeconds = 5 } = options
  const policy: Policy = {
    algorithms,
    type: 'at+jwt', // RFC 9068 §2.1
    issuer,
    audience,
    maxLength: 8192,
    maxLifetimeSeconds,
    leewaySeconds,
  }
  const remote = remoteKeySet({ ...options, jwksUrl })
  /** Tokens that were proven are remembered as long as the keys are the same object. */
  const verifiers = new WeakMap<KeySet, Verify>()

  function verifierOf(keys: KeySet): Verify {
    const known = verifiers.get(keys) ?? createVerifier({ keys, policy })
    verifiers.set(keys, known)
    return known
  }

  return async (token, now) => {
    const keys = await remote.keys(now)
    try {
      return await verifierOf(keys)(token, now)
    } catch (error) {
      // The check of the key comes after those of form, type and algorithm: nothing else is looked for.
      if (!(error instanceof TokenError && error.code === 'key')) throw error
      return await verifierOf(await remote.again(now))(token, now)
    }
  }
}
