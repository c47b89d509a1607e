/** What each algorithm that encrypts a key asks of its own key (RFC 7518 §4.1). */
export const keyManagements = {
  'RSA-OAEP': 'rsa',
  'RSA-OAEP-256': 'rsa',
  'ECDH-ES': 'ec',
  'ECDH-ES+A128KW': 'ec',
  'ECDH-ES+A192KW': 'ec',
  'ECDH-ES+A256KW': 'ec',
} as const

export type KeyManagement = keyof typeof keyManagements

/** How the token itself is encrypted (RFC 7518 §5.3). Nothing in the middle can be turned unnoticed. */
export const contentEncryptions = ['A128GCM', 'A192GCM', 'A256GCM'] as const

export type ContentEncryption = (typeof contentEncryptions)[number]

export function isKeyManagement(name: unknown): name is KeyManagement {
  return typeof name === 'string' && Object.hasOwn(keyManagements, name)
}

function isContentEncryption(name: unknown): name is ContentEncryption {
  return contentEncryptions.some((each) => each === name)
}

const reasons: ReadonlyArray<[name: RegExp, reason: string]> = [
  [/^RSA1_5$/, 'its padding tells whoever asks often enough what was encrypted (RFC 8725 §3.2)'],
  [/^PBES2-/, 'a password can be guessed, and each token says how long that takes (RFC 7518 §8.8)'],
  [/^(zip|DEF)$/, 'the length would tell what is inside, and a short token grow (RFC 8725 §3.6)'],
]

/** Why nothing is encrypted like this here, for whoever asks for it by name; a token that has it is refused like any other. */
export function sayWhyNot(name: string): string | undefined {
  if (isKeyManagement(name) || isContentEncryption(name)) return undefined
  const reason = reasons.find(([pattern]) => pattern.test(name))?.[1]
  if (reason !== undefined) return `${name} is not used here: ${reason}`
  const known = [...Object.keys(keyManagements), ...contentEncryptions].join(', ')
  return `It is not one of ${known}`
}
