import { parseJsonObject } from '../example/token/json.ts'
import { Problem } from './problem.ts'

export interface Found {
  readonly token: string
  /** What was done to the text to get at the token. */
  readonly notes: readonly string[]
}

// Begins only where a word begins, so that a long text without a token costs no more than reading it.
const shape = /(?<![\w.-])[\w-]+\.[\w-]*\.[\w-]*(?!\.?[\w-])/g
const alphabets = /^[\w.+/=-]+$/
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** Finds the one token in what a person pasted: a token, a header, an address, an answer in JSON. */
export function findToken(text: string): Found {
  const visible = text.replace(unseen, '')
  const inner = unwrap(visible)
  if (inner === '')
    throw new Problem('Cannot read a token: there is none. Give one, or pipe one in')
  // A terminal or a mail folds a long line. Spaces within a line are between words: never joined.
  const lines = inner.split('\n').map((line) => line.trim())
  const joined = lines.join('')
  const hidden = visible === text ? [] : ['Taken out: characters that cannot be seen.']
  const around = inner === visible.trim() ? [] : ['Taken off: what stood around the token.']
  const folded = joined === inner ? [] : ['Taken out: line breaks inside the token.']
  if (isToken(joined)) return { token: joined, notes: [...hidden, ...around, ...folded] }

  const [token, ...others] = new Set(inner.match(shape)?.filter(isToken))
  if (others.length > 0)
    throw new Problem(
      `Cannot choose: there are ${others.length + 1} tokens in this text${sayNames(inner)}. Give one of them`,
    )
  if (token !== undefined) return { token, notes: [...hidden, ...sayPlace(inner)] }
  throw new Problem(sayWhatItIs(inner))
}

/** Takes off what people copy along with a token: quotes, a comma, the name of the header, the word Bearer. */
function unwrap(text: string): string {
  return text
    .trim()
    .replace(/^(?:["'`\s]|authorization:|bearer\s)+/i, '')
    .replace(/["'`,\s]{1,9}$/, '')
}

function sayPlace(text: string): string[] {
  const warning = 'Addresses end up in logs and histories: a token does not belong there.'
  return ['Taken out of a longer text.', ...(/^[a-z]+:\/\//i.test(text) ? [warning] : [])]
}

/** The answer of a server that signs people in has names for them, such as `access_token` and `id_token`. */
function sayNames(text: string): string {
  const members = Object.entries(parseJsonObject(Buffer.from(text)) ?? {})
  const names = members.filter(([, value]) => isToken(String(value))).map(([name]) => name)
  return names.length === 0 ? '' : ` (${names.join(', ')})`
}

/** Three parts, of which one reads: with a changed character in the header the payload still does. */
function isToken(text: string): boolean {
  const [header = '', payload = '', ...others] = text.split('.', 4)
  return alphabets.test(text) && others.length === 1 && (reads(header) || reads(payload))
}

/** Forgiving on purpose: a token that is spelled wrongly is a token, too, and the check "form" says what is wrong. */
function reads(segment: string): boolean {
  return parseJsonObject(Buffer.from(segment, 'base64url')) !== undefined
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
