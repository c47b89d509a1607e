/** What each algorithm asks of its key (RFC 7518 §3.1, RFC 8037 §3.1). */
export const algorithms = {
  HS256: { keyType: 'secret', minimumBytes: 32 },
  HS384: { keyType: 'secret', minimumBytes: 48 },
  HS512: { keyType: 'secret', minimumBytes: 64 },
  RS256: { keyType: 'rsa' },
  RS384: { keyType: 'rsa' },
  RS512: { keyType: 'rsa' },
  PS256: { keyType: 'rsa' },
  PS384: { keyType: 'rsa' },
  PS512: { keyType: 'rsa' },
  ES256: { keyType: 'ec', curve: 'prime256v1' },
  ES384: { keyType: 'ec', curve: 'secp384r1' },
  ES512: { keyType: 'ec', curve: 'secp521r1' },
  EdDSA: { keyType: 'ed25519' },
} as const

export type Algorithm = keyof typeof algorithms

export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(algorithms, name)
}
