import { createHash, randomBytes } from 'node:crypto'
import { type Key, type KeySet, keySet, secretKey } from '../../example/token/key.ts'
import { knownWordIn } from '../../lessons/dictionary.ts'

export const firstStep: string | undefined = randomBytes(32).toString('base64url')

type Environment = Readonly<Record<string, string | undefined>>

/** The secret in this setting. Throws where it is missing or weak; no message shows it. */
export function loadSecret(env: Environment, name = 'JWT_SECRET'): string {
  const secret = env[name] ?? ''
  const reason = weakness(secret)
  if (reason !== undefined) throw new Error(`Cannot start: ${name} ${reason}`)
  return secret
}

/** The key that signs and all that verify: two while a secret is being changed. */
export function loadKeys(env: Environment): { signingKey: Key; keys: KeySet } {
  const signingKey = keyOf(loadSecret(env))
  if (!env.JWT_SECRET_PREVIOUS) return { signingKey, keys: keySet(signingKey) }
  return { signingKey, keys: keySet(signingKey, keyOf(loadSecret(env, 'JWT_SECRET_PREVIOUS'))) }
}

function weakness(secret: string): string | undefined {
  if (secret.trim() === '') return 'is missing'
  const bytes = bytesIn(secret)
  if (bytes === undefined) return 'is neither hexadecimal nor base64url'
  if (bytes < 32) return `stands for ${bytes} bytes: 32 are needed`
  if (knownWordIn(secret) !== undefined) return 'contains a word that every guesser tries'
  if (new Set(secret).size < 12) return 'repeats a few characters'
  return undefined
}

/** How many bytes a string stands for: two hexadecimal digits for one, four characters of base64url for three. */
function bytesIn(text: string): number | undefined {
  if (/^[0-9a-f]+$/i.test(text)) return Math.floor(text.length / 2)
  return /^[\w-]+$/.test(text) ? Math.floor((text.length * 3) / 4) : undefined
}

/** Named after the secret itself: what the key is called does not change when its role does. */
function keyOf(secret: string): Key {
  const kid = createHash('sha256').update(secret).digest('base64url').slice(0, 16)
  return secretKey({ kid, alg: 'HS256', secret: Buffer.from(secret) })
}
