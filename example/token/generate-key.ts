import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Algorithm } from './algorithms.ts'
import { type Key, keyPair, requirements, secretKey } from './key.ts'
import { thumbprint } from './thumbprint.ts'

const generate = promisify(generateKeyPair)

/**
 * A fresh key of the size that the algorithm asks for. Where nobody names it, a key pair is called by its thumbprint
 * and a secret by chance. RSA takes about a second, in a thread of its own: others are served meanwhile.
 */
export async function generateKey({ alg, kid }: { alg: Algorithm; kid?: string }): Promise<Key> {
  const wanted = requirements(alg)
  if (wanted.keyType === 'secret') {
    const secret = randomBytes(wanted.minimumBytes)
    return secretKey({ kid: kid ?? randomBytes(16).toString('base64url'), alg, secret })
  }
  const { publicKey, privateKey } = await generatePair(wanted)
  return keyPair({ kid: kid ?? (await thumbprint(publicKey)), alg, privateKey })
}

type PairKind =
  | { readonly keyType: 'rsa' | 'ed25519' }
  | { readonly keyType: 'ec'; readonly curve: string }

/** A key pair of this kind, in the one size that we use of it. */
export async function generatePair(wanted: PairKind) {
  switch (wanted.keyType) {
    case 'rsa':
      return await generate('rsa', { modulusLength: 3072 })
    case 'ec':
      return await generate('ec', { namedCurve: wanted.curve })
    case 'ed25519':
      return await generate('ed25519')
  }
}
