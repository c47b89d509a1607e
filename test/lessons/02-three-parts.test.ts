import t from 'tap'
import { parseJsonObject } from '../../example/token/json.ts'
import checks from '../../lessons/02-three-parts/check.ts'
import * as solution from '../../lessons/02-three-parts/solution.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'

const { firstStep, fromBase64url } = solution

/** Three parts, read by the functions that a lesson brings. */
function decodeWith(
  read: (text: string) => Uint8Array,
  parse: (bytes: Uint8Array) => Record<string, unknown>,
) {
  return (token: string) => {
    const parts = token.split('.')
    const [header = '', claims = '', signature = ''] = parts
    if (parts.length !== 3) throw new Error('not three parts')
    read(signature)
    return { header: parse(read(header)), claims: parse(read(claims)) }
  }
}

function strictly(bytes: Uint8Array): Record<string, unknown> {
  const object = parseJsonObject(bytes)
  if (object === undefined) throw new Error('no object')
  return object
}

/** Loses no name that is written twice: says which names it has seen. */
function withOwnEyes(bytes: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const names = (text.match(/"(?:[^"\\]|\\.)*"(?=\s*:)/g) ?? []).map((name) => JSON.parse(name))
  const value: unknown = JSON.parse(text)
  const kept: string[] = []
  const gather = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return
    if (!Array.isArray(at)) kept.push(...Object.keys(at))
    Object.values(at).forEach(gather)
  }
  gather(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no')
  if (kept.length !== names.length) throw new TypeError('twice')
  return { ...value }
}

/** Bit by bit, as RFC 4648 §4 describes it. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const bitByBit = {
  toBase64url(bytes: Uint8Array) {
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
    const sixes = bits.match(/.{1,6}/g) ?? []
    return sixes.map((six) => alphabet[Number.parseInt(six.padEnd(6, '0'), 2)]).join('')
  },
  fromBase64url(text: string) {
    const sixes = [...text].map((letter) => alphabet.indexOf(letter))
    if (sixes.includes(-1)) throw new RangeError('no letter of base64url')
    const bits = sixes.map((six) => six.toString(2).padStart(6, '0')).join('')
    const spare = bits.slice(bits.length - (bits.length % 8))
    if (spare.length > 4 || spare.includes('1')) throw new RangeError('spare bits')
    return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  },
}

const byPattern = (text: string) => {
  if (/^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/.test(text))
    return Buffer.from(text, 'base64')
  throw new Error(text)
}

const right = {
  'base64, three changes, and a comparison': solution,
  'node knows base64url': {
    firstStep,
    toBase64url: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url'),
    fromBase64url: byPattern,
    decode(token: string) {
      const { header, claims } = decodeWith(byPattern, strictly)(token)
      return { header, claims, signature: token.split('.')[2] } // more than was asked for
    },
  },
  'bit by bit, and names counted by hand': {
    firstStep,
    ...bitByBit,
    decode: decodeWith(bitByBit.fromBase64url, withOwnEyes),
  },
  'objects that inherit nothing, at every depth': {
    ...solution,
    decode: decodeWith(fromBase64url, (bytes) => bare(strictly(bytes))),
  },
  'a class whose header and claims are getters': {
    ...solution,
    decode: (token: string) => new Token(solution.decode(token)),
  },
}

/** A name such as __proto__ means nothing to an object without a prototype. */
function bare(object: object): Record<string, unknown> {
  const members = Object.entries(object).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null && !Array.isArray(value) ? bare(value) : value,
  ])
  return Object.assign(Object.create(null), Object.fromEntries(members))
}

class Token {
  readonly #decoded: ReturnType<typeof solution.decode>

  constructor(decoded: ReturnType<typeof solution.decode>) {
    this.#decoded = decoded
  }

  get header() {
    return this.#decoded.header
  }

  get claims() {
    return this.#decoded.claims
  }
}

const forgiving = (text: string) => Buffer.from(text, 'base64')

const wrong = {
  'first step: who wrote a payload': { ...solution, firstStep: 'the server' as const },
  'writes base64url as the RFCs do': {
    ...solution, // replaces the first of each letter, and keeps the padding
    toBase64url: (bytes: Uint8Array) =>
      Buffer.from(bytes).toString('base64').replace('+', '-').replace('/', '_'),
  },
  'reads it back into the same bytes': {
    ...solution, // bytes are not text: what is no UTF-8 is lost
    fromBase64url: (text: string) => Buffer.from(Buffer.from(fromBase64url(text)).toString()),
  },
  'refuses a second spelling of the same bytes': {
    ...solution, // the right letters, and spare bits of any kind
    fromBase64url(text: string) {
      if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new Error(text)
      return Buffer.from(text, 'base64')
    },
  },
  'reads the token of RFC 7515, appendix A.1': {
    ...solution, // counts names by writing the object anew, so white space is a second name to it
    decode: decodeWith(fromBase64url, (bytes) => {
      const object = strictly(bytes)
      if (JSON.stringify(object) !== Buffer.from(bytes).toString()) throw new Error('twice')
      return object
    }),
  },
  'reads a token whose signature is empty, which proves nothing either': {
    ...solution,
    decode(token: string) {
      if (token.endsWith('.')) throw new Error('the signature is empty')
      return solution.decode(token)
    },
  },
  'reads 200 tokens as a library reads them': {
    ...solution, // a letter beyond ASCII is two
    decode: decodeWith(fromBase64url, (bytes) => {
      strictly(bytes)
      return JSON.parse(Buffer.from(bytes).toString('latin1'))
    }),
  },
  'refuses what is not three parts': {
    ...solution, // a fourth part has no name, so nobody looks at it
    decode(token: string) {
      const [header = '', claims = '', signature = ''] = token.split('.').map(fromBase64url)
      return {
        header: strictly(Buffer.from(header)),
        claims: strictly(Buffer.from(claims)),
        signature,
      }
    },
  },
  'refuses a part in a second spelling': {
    ...solution,
    decode: decodeWith(forgiving, strictly),
  },
  'refuses a header or payload that is not a JSON object in UTF-8': {
    ...solution, // its names are counted, but `typeof null` is 'object'
    decode: decodeWith(fromBase64url, (bytes) => {
      if (Buffer.from(bytes).toString() === 'null') return JSON.parse('null')
      return strictly(bytes)
    }),
  },
  'refuses a name that is written twice': {
    ...solution,
    decode: decodeWith(fromBase64url, (bytes) => {
      const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error()
      return { ...value }
    }),
  },
}

prove(t, { checks, right, wrong })

/** A strict reader of tokens that are changed first. */
const reading = (change: (parts: string[]) => string[]): typeof solution => ({
  ...solution,
  decode: (token) => solution.decode(change(token.split('.')).join('.')),
})
const emptyHeader = (parts: string[]) => ['e30', ...parts.slice(1)]
const spelling = 'refuses a part in a second spelling'
const objects = 'refuses a header or payload that is not a JSON object in UTF-8'
alsoRefused(t, checks, {
  'a fourth part is looked for, but not whether it is empty': [
    'refuses what is not three parts',
    {
      ...solution,
      decode(token) {
        const [header, payload, signature, more] = token.split('.')
        if (signature === undefined || more) throw new Error('not three parts')
        return solution.decode(`${header}.${payload}.${signature}`)
      },
    },
  ],
  'the first of two characters': [
    'writes base64url as the RFCs do',
    {
      ...solution,
      toBase64url(bytes) {
        const base64 = Buffer.from(bytes).toString('base64').replaceAll('=', '')
        return base64.replace('+', '-').replace('/', '_')
      },
    },
  ],
  'a signature that is trimmed': [
    spelling,
    reading((parts) => parts.map((part, at) => (at === 2 ? part.trim() : part))),
  ],
  'a signature with its padding': [
    spelling,
    reading((parts) => parts.map((part, at) => (at === 2 ? part.replace(/=+$/, '') : part))),
  ],
  'a header with spare bits': [
    spelling,
    reading(([header = '', ...rest]) => [
      Buffer.from(header, 'base64url').toString('base64url') + (header.match(/=+$/)?.[0] ?? ''),
      ...rest,
    ]),
  ],
  'a header that nobody looks at': [objects, reading(emptyHeader)],
})
