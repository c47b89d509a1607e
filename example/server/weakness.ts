import { hasRun } from './bare-text.ts'
import { wellKnownWordIn } from './well-known.ts'

const minimumSecretBytes = 32 // as long as the hash of HS256 (RFC 7518 §3.2)
const fewestDistinctCharacters = 12
const longRun = 8 // shorter ones stand in random text by chance

/** Why a signing secret is too weak; `undefined` when it will do. Of the secret it shows no more than a word of public lists. */
export function weakness(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret)
  if (bytes < minimumSecretBytes) return `is ${bytes} bytes long: use ${minimumSecretBytes} or more`
  const text = textWithin(secret)
  return (
    guessable(secret) ?? shortHexadecimal(secret) ?? (text === '' ? undefined : guessable(text))
  )
}

function guessable(text: string): string | undefined {
  const word = wellKnownWordIn(text)
  if (word !== undefined) return `contains the well-known "${word}": use random bytes`
  if (/\s/.test(text)) return 'has spaces, as sentences have: use random bytes'
  if (isRepetition(text) || new Set(text).size < fewestDistinctCharacters)
    return 'repeats a few characters: use random bytes'
  if (hasRun(text, longRun)) return 'follows the alphabet or the digits: use random bytes'
  if (isPlaceholder(text)) return 'is a placeholder: use random bytes'
  if (isListOfWords(text) || isProse(text)) return 'is made of words: use random bytes'
  return undefined
}

/** Two hexadecimal digits are one byte: 32 of them hold half of what they seem to. A UUID has them, too. */
function shortHexadecimal(secret: string): string | undefined {
  const digits = secret.replace(/[-:]/g, '')
  if (!/^[0-9a-f]+$/i.test(digits) || digits.length >= 2 * minimumSecretBytes) return undefined
  return `is ${Math.floor(digits.length / 2)} bytes in hexadecimal: use ${minimumSecretBytes} or more`
}

function isRepetition(text: string): boolean {
  return `${text}${text}`.indexOf(text, 1) < text.length
}

/** `<your key here>`, `{{ key }}`, `$KEY`, `%KEY%`: what was to be filled in. */
function isPlaceholder(text: string): boolean {
  return /^(?:<[\w.-]+>|\[[\w.-]+\]|\{+[\w.-]+\}+|\$\{?[\w.-]+\}?|%[\w.-]+%)$/.test(text)
}

/** `my-dog-is-called-rex`: words or numbers, with one and the same character between them. */
function isListOfWords(text: string): boolean {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const between = new Set(text.match(/[^A-Za-z0-9]/g))
  return (
    words.length >= 4 &&
    between.size === 1 &&
    words.every((word) => /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(word))
  )
}

/** The pairs of letters that stand most often in English. Random letters have one in every ten. */
const commonPairs = new Set(
  `th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne
   ea ra ce li ch ll be ma si om ur et el ss ot wo ke ey no yo us so ho rd ou ta la`.split(/\s+/),
)
const leastShareOfWords = 0.5
const fewestPairs = 16
const leastShareOfPairs = 0.45

/** Is half of it words of one case, and are their letters in the order of a language? Then few guesses find it. */
function isProse(text: string): boolean {
  const words = (text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).filter((word) => word.length >= 4)
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  if (letters < leastShareOfWords * text.length) return false
  const pairs = words.flatMap((word) =>
    Array.from(word.slice(1), (letter, at) => `${word[at]}${letter}`.toLowerCase()),
  )
  const common = pairs.filter((pair) => commonPairs.has(pair))
  return pairs.length >= fewestPairs && common.length >= leastShareOfPairs * pairs.length
}

/** A text that was written in hexadecimal or base64 is the same text for whoever guesses. */
function textWithin(secret: string): string {
  if (!/^[\w+/-]+={0,2}$/.test(secret)) return ''
  const encoding = /^[0-9a-f]+$/i.test(secret) ? 'hex' : 'base64'
  const text = Buffer.from(secret, encoding).toString('latin1')
  return /^[ -~\n]+$/.test(text) ? text.trim() : ''
}
