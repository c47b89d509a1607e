import { fetchKeySet, isAddress } from './fetch-key-set.ts'
import type { Given } from './given.ts'
import { givenKey } from './given-key.ts'
import { givenSecret } from './given-secret.ts'
import { givenSet } from './given-set.ts'
import type { Options } from './options.ts'
import { readFileOf } from './read-text.ts'

/** Reads the key that the options name; `undefined` when they name none. */
export async function readGiven({ secret, key, jwks }: Options): Promise<Given | undefined> {
  if (secret !== undefined) return givenSecret(secret)
  if (key !== undefined) return givenKey(await readFileOf('--key', key))
  if (jwks === undefined) return undefined
  return givenSet(isAddress(jwks) ? await fetchKeySet(jwks) : await readFileOf('--jwks', jwks))
}
