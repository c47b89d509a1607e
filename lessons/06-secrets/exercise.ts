// A setting like those of many tutorials. Make it refuse weak secrets, and let a secret be changed.
import { type Key, type KeySet, keySet, secretKey } from '../../example/token/key.ts'

export const firstStep: string | undefined = undefined // TODO: first step

type Environment = Readonly<Record<string, string | undefined>>

export function loadSecret(env: Environment): string {
  // TODO: keep the five rules, and show no secret in a message
  const secret = env.JWT_SECRET || 'CHANGE_THIS_TO_SOMETHING_RANDOM'
  if (secret.length < 16) throw new Error(`Cannot start: JWT_SECRET is too short: ${secret}`)
  return secret
}

export function loadKeys(env: Environment): { signingKey: Key; keys: KeySet } {
  // TODO: verify with the key of JWT_SECRET_PREVIOUS, too, and let each kid name one secret forever
  const secret = Buffer.from(loadSecret(env))
  const signingKey = secretKey({ kid: 'current', alg: 'HS256', secret })
  return { signingKey, keys: keySet(signingKey) }
}
