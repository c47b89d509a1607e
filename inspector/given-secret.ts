import { createSecretKey } from 'node:crypto'
import { weakness } from '../example/server/weakness.ts'
import { algorithmsFor, bind, type Given, unnamed } from './given.ts'
import { bytesOfHex, kindOfKeyText } from './key-text.ts'
import { Problem } from './problem.ts'

/** The secret of `--secret` or `--secret-file`. A weak one will do for looking; the text of a key will not. */
export function givenSecret(text: string, option = '--secret'): Given {
  if (text === '') throw new Problem(`Cannot use ${option}: it is empty`)
  const key = createSecretKey(Buffer.from(text))
  const keys = algorithmsFor(key).map((alg) => bind(key, alg, unnamed))
  const secret = { what: 'the secret that you gave', keys, byHand: true }
  const kind = kindOfKeyText(text)
  if (kind === undefined) return { ...secret, notes: notesOn(text) }
  const { unfit, note } = confusions[kind]
  return { ...secret, unfit, notes: [note] }
}

function notesOn(text: string): string[] {
  if (isLikeModulus(text)) return [modulus]
  const weak = weakness(text)
  if (weak === undefined) return []
  // The reason names a well-known word, which may be the whole secret.
  const reason = weak.replace(/"[^"]*"/, 'word')
  return [`The secret ${reason}. Whoever guesses it makes tokens at will.`]
}

const modulus =
  'The secret looks like the n of an RSA key. If it is, everybody has it, and this MAC proves nothing: give the whole key as --key FILE.'

/** 2048, 3072 or 4096 bits, the first and the last of them set: so are few secrets, and each modulus. */
function isLikeModulus(text: string): boolean {
  const bytes = bytesOfHex(text) ?? Buffer.from(text, 'base64')
  const [first = 0, last = 0] = [bytes[0], bytes.at(-1)]
  return [256, 384, 512].includes(bytes.length) && first >= 0x80 && last % 2 === 1
}

const confusions = {
  public: {
    unfit: 'a public key is not a secret',
    note: 'Algorithm confusion: you gave a public key as the secret. Everybody has that key, so everybody can make this MAC, and a server that accepts it lets them in (RFC 8725 §2.1). Give it as --key FILE.',
  },
  private: {
    unfit: 'a private key is not a secret for a MAC',
    note: 'You gave a private key as the secret. It belongs on no command line and in no MAC: give its public half as --key FILE.',
  },
  jwk: {
    unfit: 'the text of a JWK is not the secret in it',
    note: 'You gave a JWK as the secret. Give it as --key FILE.',
  },
} as const
