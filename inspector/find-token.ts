import { parseJsonObject } from '../example/token/json.ts'
import { Problem } from './problem.ts'
import { longestText } from './read-text.ts'

export interface Found {
  readonly token: string
  /** What was done to the text to get at the token. */
  readonly notes: readonly string[]
}

// Begins only where a word begins, so that a long text without a token costs no more than reading it.
const shape = /(?<![\w.-])[\w-]+\.[\w-]*\.[\w-]*(?!\.?[\w-])/g
const alphabets = /^[\w.+/=-]+$/
// Any other word before a token may be a secret, or the signature of the token before.
const nameBefore =
  /(?<![\w-])((?:access_|id_|refresh_)?token|jwt|authorization|bearer|(?:__(?:Host|Secure)-)?session)["']?\s*[:=]\s*["']?(?:bearer\s+)?$/i

/** What people copy along with a token. Each takes its wrapping off, or gives the text back. */
const wrappings: ReadonlyArray<[what: string, takeOff: (text: string) => string]> = [
  ['white space', (text) => text.trim()],
  ['quotes', withoutQuotes],
  ['a comma', (text) => text.replace(/^(.*),$/s, '$1')],
  ['the name of the header', (text) => text.replace(/^authorization:\s*/i, '')],
  ['the word Bearer', (text) => text.replace(/^bearer\s+/i, '')],
]

/** Finds the one token in what a person pasted: a token, a header, an address, an answer in JSON. */
export function findToken(text: string): Found {
  if (text.length > longestText)
    throw new Problem(`Cannot read the token: it is longer than ${longestText} characters`)
  const { inner, removed } = unwrap(text)
  if (inner === '')
    throw new Problem('Cannot read a token: there is none. Give one, or pipe one in')
  // A terminal or a mail folds a long line. Spaces within a line are between words: never joined.
  const joined = inner
    .split('\n')
    .map((line) => line.trim())
    .join('')
  const unfolded = joined === inner ? [] : ['Taken out: line breaks inside the token.']
  const notes = removed.length === 0 ? [] : [`Taken off: ${removed.join(', ')}.`]
  if (isToken(joined)) return { token: joined, notes: [...notes, ...unfolded] }

  if (isBrokenUnseen(inner)) throw new Problem(unseenInside)
  const matches = tokensIn(inner)
  const [match] = matches
  if (matches.length > 1) throw new Problem(sayChoice(matches))
  if (match !== undefined)
    return { token: match.token, notes: [...notes, ...sayPlace(match, inner)] }
  if (isDamagedToken(joined)) return { token: joined, notes: [...notes, ...unfolded] }
  throw new Problem(sayWhatItIs(inner))
}

/** Takes off what is around a token, layer by layer. */
function unwrap(text: string): { inner: string; removed: readonly string[] } {
  const removed = new Set<string>()
  let inner = text
  for (let layers = 0; layers < 10; layers++) {
    const before = inner
    for (const [what, takeOff] of wrappings) {
      const rest = takeOff(inner)
      if (rest !== inner) removed.add(what)
      inner = rest
    }
    if (inner === before) break
  }
  return { inner, removed: [...removed] }
}

function withoutQuotes(text: string): string {
  const quoted = text.length > 1 && /["'`]/.test(text[0] ?? '') && text.at(-1) === text[0]
  return quoted ? text.slice(1, -1) : text
}

interface Match {
  readonly token: string
  readonly name: string | undefined
}

/** Each different token once, with the name before it where that is a well-known one. */
function tokensIn(text: string): Match[] {
  const matches = [...text.matchAll(shape)]
    .filter(([token]) => isToken(token))
    .map(({ 0: token, index }): [string, Match] => {
      const name = nameBefore.exec(text.slice(Math.max(0, index - 60), index))?.[1]
      return [token, { token, name }]
    })
  return [...new Map(matches.reverse()).values()].reverse()
}

/** Without what cannot be seen there is a token that does not stand in the text as it is. */
function isBrokenUnseen(text: string): boolean {
  const seen = text.replace(unseen, '')
  return seen !== text && tokensIn(seen).some(({ token }) => !text.includes(token))
}

const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
const unseenInside =
  'Cannot read the token: a character that cannot be seen stands in it, such as a zero-width space. Copy it again, from where it was made'

/** Three parts, of which the header reads. */
function isToken(text: string): boolean {
  const [header = '', ...others] = text.split('.', 4)
  return alphabets.test(text) && others.length === 2 && reads(header)
}

/** A changed character in the header leaves a payload that still reads. */
function isDamagedToken(text: string): boolean {
  const [, payload = '', ...others] = text.split('.', 4)
  return alphabets.test(text) && others.length === 1 && reads(payload)
}

/** Forgiving on purpose: a token that is spelled wrongly is a token, too, and the check "form" says what is wrong. */
function reads(segment: string): boolean {
  return parseJsonObject(Buffer.from(segment, 'base64url')) !== undefined
}

function sayChoice(matches: readonly Match[]): string {
  const names = matches.map(({ name }) => name ?? 'without a name').join(', ')
  return `Cannot choose: there are ${matches.length} tokens in this text (${names}). Give one of them`
}

function sayPlace({ name }: Match, text: string): string[] {
  const place = name === undefined ? '' : `, where it comes after "${name}"`
  const warning = 'Addresses end up in logs and histories: a token does not belong there.'
  return [`Taken out of a longer text${place}.`, ...(/^[a-z]+:\/\//i.test(text) ? [warning] : [])]
}

function sayWhatItIs(text: string): string {
  if (text.includes('-----BEGIN'))
    return 'Cannot read a token: this is a key. Write it into a file, and give that with --key FILE'
  const segments = text.split('.', 7)
  if (segments.length === 5 && reads(segments[0] ?? ''))
    return 'Cannot look into this token: with five parts it is encrypted (JWE, RFC 7516 §7.1). Only whoever has its key can read it'
  const json = parseJsonObject(Buffer.from(text))
  if (json !== undefined && ('signatures' in json || 'signature' in json))
    return 'Cannot read a token: this is a JWS in its JSON form (RFC 7515 §7.2). A token is the compact form, three parts joined by two dots'
  if (segments.length === 3)
    return 'Cannot read a token: neither of the first two parts is JSON in base64url. Copy all of it, from its first character to its last'
  if (segments.length === 1)
    return 'Cannot read a token: this has no dots, and a token is three parts joined by two. It may be an opaque one (RFC 6749 §1.4), which only its own server can read'
  const count = segments.length === 7 ? 'more than six' : segments.length
  return `Cannot read a token: this has ${count} parts, and a token has three. Copy all of it, from its first character to its last`
}
