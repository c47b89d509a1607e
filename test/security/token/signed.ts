import { generateKey } from '../../../example/token/generate-key.ts'
import { keyPair } from '../../../example/token/key.ts'
import { keys, policy, sessionToken } from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { rsa } from '../../support/rsa.ts'
import { holding } from './refused-by.ts'

const pairs = [
  keyPair({ kid: 'a', alg: 'RS256', ...rsa }),
  await generateKey({ kid: 'a', alg: 'ES256' }),
  await generateKey({ kid: 'a', alg: 'EdDSA' }),
]

/** A good token for each way to sign, and a verifier that accepts it. */
export const signed = [
  { alg: 'HS256', token: sessionToken(), holder: { keys, policy } },
  ...pairs.map((key) => ({ alg: key.alg, token: forgeWith(key), holder: holding(key) })),
]
