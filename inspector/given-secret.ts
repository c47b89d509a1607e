import { createSecretKey } from 'node:crypto'
import { weakness } from '../example/server/weakness.ts'
import { algorithmsFor, bind, type Given, unnamed } from './given.ts'
import { isKeyText } from './key-text.ts'
import { Problem } from './problem.ts'

/** The secret of `--secret` or `--secret-file`. A weak one will do for looking; the text of a key will not. */
export function givenSecret(text: string, option = '--secret'): Given {
  if (text === '') throw new Problem(`Cannot use ${option}: it is empty`)
  const key = createSecretKey(Buffer.from(text))
  const keys = algorithmsFor(key).map((alg) => bind(key, alg, unnamed))
  const secret = { what: 'the secret that you gave', keys, byHand: true }
  if (isKeyText(text))
    return { ...secret, unfit: 'the text of a key is no secret', notes: [confusion] }
  // The reason names that word, which may be the whole secret.
  const weak = weakness(text)?.replace(/the well-known "[^"]*"/, 'a well-known word')
  return { ...secret, notes: weak === undefined ? [] : [`The secret ${weak}. ${guessable}`] }
}

const guessable = 'Whoever guesses it makes tokens at will.'
const confusion =
  'Algorithm confusion: you gave the text of a key as the secret. A public key everybody has, so everybody can make this MAC, and a server that accepts it lets them in (RFC 8725 §2.1). Give it as --key FILE.'
